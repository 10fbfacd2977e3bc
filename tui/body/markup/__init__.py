"""XML and HTML, laid out lazily."""
