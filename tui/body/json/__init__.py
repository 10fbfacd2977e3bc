"""JSON and JSON Lines: where rows begin, how they fold, what path a row has."""
