from __future__ import annotations

import pytest

from tests.app.scenes import Desk
from tests.app.stand_in import make_app


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def app(desk, tmp_path, monkeypatch):
    """The app on an empty home, without any clipboard program or display."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "SSH_CONNECTION", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return make_app(desk, tmp_path)
