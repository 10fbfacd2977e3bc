"""The editor of a request's body."""
