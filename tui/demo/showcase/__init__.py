"""The demo's account: every endpoint that the local SageMaker shows, newest first.

    working    endpoints with models worth asking; a newcomer's first screen
    statuses   one endpoint in each status that is not plain InService
    failing    failures on purpose

What a row means is in `catalogue`; the models are in `models`, the failures in `failures`. Ages
count back from the server's start, so the list reads the same whenever it is opened.
"""

from __future__ import annotations

from tui.demo.catalogue import Catalogue
from tui.demo.showcase.failing import failing
from tui.demo.showcase.statuses import in_every_status
from tui.demo.showcase.working import working


def showcase() -> Catalogue:
    """Build the catalogue; failures that count calls start anew."""
    rows = (*working(), *in_every_status(), *failing())
    return Catalogue(tuple(sorted(rows, key=lambda endpoint: endpoint.age)))
