"""The account and the region that the demo is."""

ACCOUNT = "000000000000"
"""Twelve digits that AWS gives to nobody."""

DEFAULT_REGION = "us-east-1"
"""For unsigned requests; signed ones name their region."""
