"""What is copied as another tool's text and pasted back is the same request."""

import pytest
from hypothesis import given

from tests.interchange.strategies import requests, source_of, values
from tui.domain.errors import RequestInvalid
from tui.domain.requests import InvocationRequest
from tui.interchange.formats import Format, copy_as
from tui.interchange.reading import read_pasted


@given(requests(without=("prefix_aware_id",)))
def test_aws_cli_line(request):
    copied = copy_as(source_of(request), Format.AWS_CLI)
    pasted = read_pasted(copied.text)
    assert pasted.request == request
    assert (pasted.connection.profile, pasted.connection.region) == ("support", "eu-west-1")


@given(requests())
def test_boto3_script(request):
    copied = copy_as(source_of(request), Format.BOTO3)
    pasted = read_pasted(copied.text)
    assert pasted.request == request
    assert pasted.connection.profile == "support"
    assert pasted.notes == ()


@given(requests(values=values.map(lambda text: text.strip(" \t"))))
def test_curl_line(request):
    """White space around a header's value is no part of it."""
    pasted = read_pasted(copy_as(source_of(request), Format.CURL).text)
    assert pasted.request == request
    assert pasted.connection.region == "eu-west-1"


@given(requests())
def test_what_is_copied_cannot_harm_the_terminal_it_is_pasted_into(request):
    source = source_of(request)
    for chosen in (Format.AWS_CLI, Format.BOTO3, Format.CURL, Format.MARKDOWN):
        assert copy_as(source, chosen).text.replace("\n", "").isprintable()


def test_a_member_that_the_aws_cli_lacks_is_told():
    request = InvocationRequest(endpoint_name="iris", prefix_aware_id="a")
    copied = copy_as(source_of(request), Format.AWS_CLI)
    assert copied.notes == ("PrefixAwareId is left out: the AWS CLI has no option for it",)
    assert f"# {copied.notes[0]}" in copied.text


@pytest.mark.parametrize("chosen", list(Format))
def test_what_no_header_can_hold_is_refused(chosen):
    request = InvocationRequest(endpoint_name="iris", inference_id="a\nb")
    with pytest.raises(RequestInvalid, match="InferenceId"):
        copy_as(source_of(request), chosen)
