"""What a claim filed today is told of: prepared once a night by thing and person, looked up in a request.

The expressions are those of the snapshot, run row by row (features/rowwise); what a night prepares is what they are told of.
"""
