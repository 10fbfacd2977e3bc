import os
import signal

import pytest
from hypothesis import HealthCheck, settings
from textual.app import App

from tests import idle, lateness
from tests.patience import PATIENCE_S
from tui.demo.server import DemoServer

# A slow example says that the machine is busy, not that the program is wrong.
settings.register_profile(
    "busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("busy machine")

idle.install()
lateness.install_if_wanted(os.environ)

# Who starts the tests in the background may ignore these, and what we start would do so, too.
for each in (signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGINT)):
    if signal.getsignal(each) is signal.SIG_IGN:
        handler = signal.default_int_handler if each is signal.SIGINT else signal.SIG_DFL
        signal.signal(each, handler)

# A toast stays until the slowest test has read it.
App.NOTIFICATION_TIMEOUT = PATIENCE_S


@pytest.fixture(scope="session")
def demo_server():
    """One embedded SageMaker for the whole session; tests that count requests start their own."""
    with DemoServer(seed=1) as server:
        yield server
        assert server.crashes == ()
