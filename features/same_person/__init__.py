"""Who is the same person: records normalised, blocked by keyed hashes, compared pair by pair, gathered into clusters.

Nothing here knows a machine-learning framework: what turns comparisons into a probability is passed in.
"""
