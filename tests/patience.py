"""How long the tests wait for what must come to pass, and how long what hangs for them does.

No test reaches these limits unless the program is broken; a slow machine never is a failure.
That something happens at once is shown by what has not happened yet: the call that it does not
wait for still hangs. No test reads a clock for it.
"""

PATIENCE_S = 60.0
HUNG_S = 2 * PATIENCE_S
"""Longer than anybody waits."""
