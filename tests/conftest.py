import pytest
from hypothesis import settings

from tui.demo.server import DemoServer

# A slow example says that the machine is busy, not that the program is wrong.
settings.register_profile("busy machine", deadline=None)
settings.load_profile("busy machine")


@pytest.fixture(scope="session")
def demo_server():
    """One embedded SageMaker for the whole session; tests that count requests start their own."""
    with DemoServer(seed=1) as server:
        yield server
        assert server.crashes == ()
