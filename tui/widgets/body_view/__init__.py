"""The widget that shows any body, a chapter of its keys and looks a file."""
