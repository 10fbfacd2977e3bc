"""sagescope: a terminal UI for exploring Amazon SageMaker endpoints."""

import sys

if sys.version_info < (3, 11, 5):
    from tui.possessive import mend

    mend()
