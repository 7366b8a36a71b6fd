"""The same-person part on other people's records, whose truth is published with them."""
