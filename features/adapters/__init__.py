"""Other people's files into canonical registers."""
