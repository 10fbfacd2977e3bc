"""Requests as anybody might send them."""

from pathlib import Path
from urllib.parse import quote

from hypothesis import strategies as st

from tui.domain.fields import TEXT_FIELDS
from tui.domain.http import HttpRequest
from tui.domain.requests import FileBody, InlineBody, InvocationRequest
from tui.interchange.sources import Destination, Source

AWS = "https://runtime.sagemaker.eu-west-1.amazonaws.com"

values = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=30
) | st.sampled_from(
    [
        "",
        "-x",
        "--body",
        "file://x",
        "https://a/b",
        "$HOME",
        "`id`",
        "a'b\"c",
        "\x1b[2J",
        "\u202e",
        "%s\\n",
    ]
)
texts = st.text(st.sampled_from("a{}[]\"' :1\t\n\r\\$`%é字\0\x1b\u2028"), max_size=60).map(
    str.encode
)
inline_bodies = st.builds(InlineBody, data=st.binary(max_size=60) | texts)
paths = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), max_size=12).map(
    Path
)
bodies = inline_bodies | st.builds(FileBody, path=paths)


def requests(*, without=(), values=values):
    return st.builds(
        InvocationRequest,
        body=bodies,
        **{
            field.attribute: values if field.is_required else st.none() | values
            for field in TEXT_FIELDS
            if field.attribute not in without
        },
    )


def source_of(request, *, destination=None):
    """What is copied before anything was sent; the address as botocore spells it."""
    body = request.body.data if isinstance(request.body, InlineBody) else b"in a file"
    url = f"{AWS}/endpoints/{quote(request.endpoint_name, safe='-._~')}/invocations"
    return Source(
        request=request,
        body=body,
        destination=destination or Destination(profile="support", region="eu-west-1"),
        signed=HttpRequest(method="POST", url=url, headers=(), body=body),
    )
