"""ListEndpoints with everything that it can be asked, all pages or one, as the AWS CLI asks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.aws.translate import endpoint_summary
from tui.domain.endpoints import FoundEndpoints
from tui.domain.errors import RequestInvalid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from types_boto3_sagemaker import SageMakerClient

    from tui.domain.endpoints import EndpointQuery


def find_endpoints(client: SageMakerClient, query: EndpointQuery) -> FoundEndpoints:
    """Ask for endpoints; blocks until the last page that is wanted came.

    Raises:
        RequestInvalid: the token to go on with is none.
        Exception: one of `tui.aws.failures.CALL_FAILURES`.
    """
    # botocore checks what is in a member; the stubs cannot, for these are words from outside.
    loosely_typed: dict[str, Any] = _members(query)
    if query.is_one_page:
        loosely_typed |= _paging(query, "MaxResults", "NextToken")
        return _found(client.list_endpoints(**loosely_typed))
    paging = _paging(query, "PageSize", "StartingToken")
    if query.max_items is not None:
        paging["MaxItems"] = query.max_items
    loosely_typed["PaginationConfig"] = paging
    pages = client.get_paginator("list_endpoints").paginate(**loosely_typed)
    try:
        return _found(pages.build_full_result())
    except ValueError as error:
        if "starting token" not in str(error):
            raise
        raise RequestInvalid(
            summary=f"--starting-token: {error}",
            hint="It is the NextToken that the list before ended with.",
        ) from error


def _members(query: EndpointQuery) -> dict[str, str]:
    members = {
        "NameContains": query.name_contains,
        "StatusEquals": query.status_equals,
        "CreationTimeAfter": query.creation_time_after,
        "CreationTimeBefore": query.creation_time_before,
        "LastModifiedTimeAfter": query.last_modified_time_after,
        "LastModifiedTimeBefore": query.last_modified_time_before,
        "SortBy": query.sort_by,
        "SortOrder": query.sort_order,
    }
    return {name: value for name, value in members.items() if value is not None}


def _paging(query: EndpointQuery, size: str, token: str) -> dict[str, str | int]:
    paging = {size: query.page_size, token: query.token}
    return {name: value for name, value in paging.items() if value is not None}


def _found(answer: Mapping[str, Any]) -> FoundEndpoints:
    return FoundEndpoints(
        endpoints=tuple(endpoint_summary(each) for each in answer.get("Endpoints", ())),
        next_token=answer.get("NextToken"),
    )
