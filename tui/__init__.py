"""sagescope: a terminal UI for exploring Amazon SageMaker endpoints."""
