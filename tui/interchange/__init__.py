"""Requests as other tools' text, and back."""
