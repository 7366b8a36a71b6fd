"""Table expressions over a handful of rows, run as Python: for one subject at a time, where a query would cost too much.

The same expressions as on the engines, read once at the start and written out as plain Python; nothing is defined twice. An
operation that is not known here is an error at the start, never in a request.
"""
