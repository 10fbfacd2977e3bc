"""The main screen, a chapter of what it does a file."""
