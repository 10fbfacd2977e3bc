"""The only door to botocore."""
