"""Bytes become something a person can read. No Textual, no network, no disk."""
