"""Learning who is the same person, from corrupted copies of the records themselves and, later, from reviewers' decisions."""
