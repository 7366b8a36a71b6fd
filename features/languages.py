"""The languages of the pages: whatever is said is said in each."""

LANGUAGES = ("en", "zh")
