import pytest


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The folder of every file of ours; no setting comes from the environment of the tests."""
    for name in ("THEME", "READ_ONLY", "READ_TIMEOUT_S", "CONNECT_TIMEOUT_S"):
        monkeypatch.delenv(f"SAGESCOPE_{name}", raising=False)
    monkeypatch.setenv("SAGESCOPE_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    return tmp_path / "home"
