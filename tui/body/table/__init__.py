"""Rows and columns: CSV, JSON Lines, arrays of records; sorted, measured when drawn."""
