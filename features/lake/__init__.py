"""The lake: what the authority's registers said, version by version, and how rows get into it."""
