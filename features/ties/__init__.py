"""Who is tied to whom: what employers share, and workers who moved from one to another, as of a day."""
