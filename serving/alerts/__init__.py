"""Alerts: claims to look at, in order of expected loss, each with evidence that can be checked line by line."""
