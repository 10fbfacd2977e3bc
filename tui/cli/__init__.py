"""Arguments become settings, settings become a headless command or the app."""
