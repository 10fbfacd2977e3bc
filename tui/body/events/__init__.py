"""Server-sent events, laid out one by one."""
