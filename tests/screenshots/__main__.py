"""Draw every picture of `screenshots/` anew: ``python -m tests.screenshots [NAME ...]``."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.screenshots.scenes import FOLDER, SCENES, draw


def main(names: list[str]) -> int:
    FOLDER.mkdir(exist_ok=True)
    for scene in SCENES:
        if names and scene.name not in names:
            continue
        with TemporaryDirectory() as home:
            scene.file.write_text(draw(scene, Path(home)), encoding="utf-8")
        sys.stdout.write(f"{scene.file.relative_to(FOLDER.parent)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
