"""Things you see: domain values in, messages out. No IO, no explorer."""
