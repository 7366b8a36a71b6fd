"""Scores in a request: of a claim as it is filed, and of an employer by its identifier, from what the night prepared."""
