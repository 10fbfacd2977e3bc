"""One field of a form: name, entry, offers, help."""
