"""Screens put widgets together, hold the state and call the explorer."""
