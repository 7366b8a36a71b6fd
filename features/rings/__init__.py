"""Rings: persons tied by what their claims name alike, and how near they are to fraud that reviews found, as of a day."""
