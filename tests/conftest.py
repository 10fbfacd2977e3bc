import pytest

from tui.demo.server import DemoServer


@pytest.fixture(scope="session")
def demo_server():
    """One embedded SageMaker for the whole session; tests that count requests start their own."""
    with DemoServer(seed=1) as server:
        yield server
        assert server.crashes == ()
