"""Long rows of numbers: shape, norm, spark line."""
