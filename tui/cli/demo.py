"""``sagescope demo``: the program on the embedded SageMaker, or the latter alone.

With ``--serve-only`` it prints what a shell needs to point the AWS CLI and boto3 at it, serves
until told to stop, and knows nothing of the terminal program.
"""

from __future__ import annotations

import gc
import signal
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING

from tui.cli.exits import status_of
from tui.cli.printing import complain_of, say
from tui.demo.account import ACCOUNT, DEFAULT_REGION
from tui.demo.door import AwaitedDemo
from tui.domain.connections import Connection
from tui.domain.errors import ConnectionInvalid

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from types import FrameType

    from tui.cli.starting import Start
    from tui.domain.bundles import OpenedBundle

# A wait without end cannot be interrupted by ctrl+c on Windows.
_WAIT_S = 0.5


def explore_demo(
    begun: Start, *, port: int = 0, fillers: int = 0, bundle: OpenedBundle | None = None
) -> int:
    """Open the program on a demo of its own; return the exit status once it is left.

    Args:
        begun: paths and settings.
        port: 0 takes any free one.
        fillers: endpoints to add to the showcase, so that the list is long.
        bundle: what to begin with.

    Raises:
        ConnectionInvalid: the port cannot be used.
    """
    from tui.cli.explore import explore

    with AwaitedDemo(port, fillers=fillers) as demo:
        here = Connection(is_demo=True, endpoint_url=demo.url, region=DEFAULT_REGION)
        return explore(here, begun, bundle=bundle)


def serve_only(port: int, *, host: str = "127.0.0.1", fillers: int = 0) -> int:
    """Serve the demo until ctrl+c or SIGTERM; return the exit status.

    Args:
        port: 0 takes any free one.
        host: an IPv4 loopback address; any other is refused.
        fillers: endpoints to add to the showcase.
    """
    # Imported here: 75 ms that the program itself spends after its first paint.
    from tui.demo.server import DemoServer
    from tui.demo.showcase import showcase

    catalogue = showcase().with_fillers(fillers)
    gc.enable()  # it may serve for days
    try:
        with DemoServer(port, catalogue, host=host) as server, _stop_signals() as stopped:
            say(greeting(server.url))
            while not stopped.wait(_WAIT_S):
                pass
    except ConnectionInvalid as error:
        complain_of(error)
        return status_of(error)
    return 0


def client_environment(url: str) -> Mapping[str, str]:
    """Return the variables with which any AWS client reaches the demo."""
    return {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": "demo",
        "AWS_SECRET_ACCESS_KEY": "demo",
        "AWS_DEFAULT_REGION": DEFAULT_REGION,
    }


def greeting(url: str) -> str:
    """Say how to reach the demo, as lines that can be pasted into a shell as they are."""
    exports = "\n".join(f"export {name}={value}" for name, value in client_environment(url).items())
    return f"""\
# The demo SageMaker (account {ACCOUNT}) listens on {url}; ctrl+c stops it.
# In another shell:
{exports}

# Then, for example:
aws sagemaker list-endpoints
printf '5.1,3.5,1.4,0.2' > iris.csv
aws sagemaker-runtime invoke-endpoint --endpoint-name iris-classifier \\
  --content-type text/csv --accept application/json --body fileb://iris.csv answer.json
cat answer.json

# Or without the AWS CLI:
sagescope invoke-endpoint --endpoint-name iris-classifier \\
  --content-type text/csv --body 5.1,3.5,1.4,0.2 -
sagescope send "iris smoke test"
"""


@contextmanager
def _stop_signals() -> Generator[Event, None, None]:
    """Turn SIGINT and SIGTERM into an event, and put back what they did before."""
    stopped = Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    before = {kind: signal.signal(kind, stop) for kind in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopped
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
