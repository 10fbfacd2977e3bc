from __future__ import annotations

import pytest

from tests.app.scenes import Desk
from tests.app.stand_in import make_app


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def app(desk, tmp_path):
    return make_app(desk, tmp_path)
