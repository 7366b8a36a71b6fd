"""The service over HTTP: resources as officials see them, under /v1."""
