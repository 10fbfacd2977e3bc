"""The control plane's answers byte for byte, beside what botocore parsed of them."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from tui.aws.masking import mask_environment
from tui.domain.endpoints import RawDocument

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from botocore.client import BaseClient

_HEARD: ContextVar[list[RawDocument] | None] = ContextVar("heard", default=None)
_OK = 200


def listen_to(client: BaseClient) -> None:
    """Keep what ``client`` receives while a thread is in `documents_heard`."""
    service = client.meta.service_model.service_id.hyphenize()
    client.meta.events.register(f"response-received.{service}", _hear)


@contextmanager
def documents_heard() -> Generator[list[RawDocument]]:
    """Collect the answers to this thread's calls, in their order, secrets masked."""
    documents: list[RawDocument] = []
    token = _HEARD.set(documents)
    try:
        yield documents
    finally:
        _HEARD.reset(token)


def _hear(event_name: str, response_dict: Mapping[str, object] | None, **_: object) -> None:
    documents = _HEARD.get()
    if documents is None or response_dict is None or response_dict.get("status_code") != _OK:
        return
    body = response_dict.get("body")
    if isinstance(body, bytes):
        operation = event_name.rpartition(".")[2]
        documents.append(RawDocument(operation=operation, body=mask_environment(body)))
