"""AWS's own container standards as a container behind the demo's runtime.

What `model_hosting_container_standards` answers to what we forward is what a container that is
hosted on SageMaker answers: it was not written here.
"""

import asyncio
import os

import httpx
from fastapi import FastAPI, Request, Response

from tui.demo.containers import ContainerReply


class StandardContainer:
    """Tells the body and the session that its handler was given; sessions are the standard's.

    Args:
        folder: where the standard keeps its sessions; not there yet.
    """

    def __init__(self, folder):
        os.environ["SAGEMAKER_ENABLE_STATEFUL_SESSIONS"] = "true"
        os.environ["SAGEMAKER_SESSIONS_PATH"] = str(folder)
        # Else it sets the root logger, which is everybody's, to ERROR.
        os.environ["SAGEMAKER_CONTAINER_LOG_LEVEL"] = "WARNING"
        from model_hosting_container_standards.sagemaker import (  # reads the environment
            bootstrap,
            stateful_session_manager,
        )

        self._app = FastAPI()

        @self._app.post("/invocations")
        @stateful_session_manager()
        async def invocations(request: Request) -> Response:
            return Response(await request.body(), media_type="application/json")

        bootstrap(self._app)

    def invoke(self, request):
        """Ask over ASGI, with the headers that a container is sent."""
        answer = asyncio.run(self._post(request))
        return ContainerReply(
            status=answer.status_code,
            body=answer.content,
            content_type=answer.headers.get("content-type", "text/plain"),
            new_session_id=answer.headers.get("X-Amzn-SageMaker-New-Session-Id"),
            closed_session_id=answer.headers.get("X-Amzn-SageMaker-Closed-Session-Id"),
        )

    async def _post(self, request):
        transport = httpx.ASGITransport(app=self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://container") as client:
            return await client.post(
                "/invocations", content=request.body, headers=dict(request.headers)
            )
