"""An app that fails with a secret in a local variable; run on a terminal of its own."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.app.scenes import Desk
from tests.app.stand_in import make_app


class Failing(Desk):
    def action_again(self):
        password = "hunter2" * 2
        raise RuntimeError(f"cannot go on with {password}\x1b[31m [/]")


if __name__ == "__main__":
    app = make_app(Failing(), Path(sys.argv[1]))
    app.run()
    sys.exit(app.return_code or 0)
