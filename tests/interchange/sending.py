"""What an app would send, and what arrived, to be compared with what a text of ours sends."""

from tui.interchange.sources import Destination, Source

NOT_SENT_BY_US = ("connection", "host", "user-agent", "accept-encoding", "authorization")


def make_source(server, gateway, request, body):
    return Source(
        request=request,
        body=body,
        destination=Destination(
            region="us-east-1", endpoint_url=server.url, credentials=("demo", "demo")
        ),
        signed=gateway.preview(request, body),
    )


def sent(server):
    """What arrived last, without what every client does its own way."""
    request = server.requests[-1]
    headers = sorted(
        (name.lower(), value)
        for name, value in request.headers
        if name.lower() not in NOT_SENT_BY_US
        and not name.lower().startswith(("x-amz-", "amz-sdk-"))
    )
    return request.method, request.path, headers, request.body
