"""A container that answers what it received, so that a client can see what SageMaker passes on."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from tui.demo.containers import ContainerReply
from tui.demo.wire import to_json

if TYPE_CHECKING:
    from tui.demo.containers import ContainerRequest


class Echo:
    """Tells headers and body; the client's custom attributes come back as the container's own."""

    def invoke(self, request: ContainerRequest) -> ContainerReply:
        """Describe the request as JSON: the body as text, or in base64 when it is not UTF-8."""
        told = {
            "method": "POST",
            "path": "/invocations",
            "headers": dict(request.headers),
            "body_bytes": len(request.body),
        }
        return ContainerReply(
            body=to_json({**told, **_body(request.body)}),
            custom_attributes=request.header("X-Amzn-SageMaker-Custom-Attributes"),
        )


def _body(body: bytes) -> dict[str, str]:
    try:
        return {"body": body.decode()}
    except UnicodeDecodeError:
        return {"body_base64": base64.b64encode(body).decode()}
