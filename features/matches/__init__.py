"""What the comparison of claims says of each: other claims that are likely the same person's, as of a day."""
