"""Texts as they stand in tickets."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.errors import RequestInvalid
from tui.domain.requests import FileBody, InlineBody
from tui.interchange.reading import read_pasted


def body_of(text):
    return read_pasted(text).request.body


def words_of(text):
    return " ".join(read_pasted(text).notes)


OLD_AWS = "aws runtime.sagemaker invoke-endpoint --endpoint-name iris"
AWS = "aws sagemaker-runtime invoke-endpoint --endpoint-name iris"


def assert_asks_iris(text):
    """See that what is pasted asks iris about one line of CSV."""
    request = read_pasted(text).request
    assert request.endpoint_name == "iris"
    assert request.content_type == "text/csv"
    assert request.body == InlineBody(data=b"1,2")


@pytest.mark.parametrize(
    "text",
    [
        f"{AWS} --content-type text/csv --body 1,2 out.json",
        f"$ {AWS} \\\n>   --content-type text/csv \\\n>   --body 1,2 out.json",
        f"{AWS} \\  \n  --content-type=text/csv --body=1,2 out.json",
        f"```sh\n{AWS} --content-type 'text/csv' --body '1,2' out.json\n```",
        f"{AWS} ^\r\n  --content-type text/csv ^\r\n  --body 1,2 out.json",
        f"{AWS} \\\r  --content-type text/csv \\\r  --body 1,2 out.json\r",
        f"{AWS} `\n  --content-type text/csv `\n  --body 1,2 out.json",
        f"{AWS} --content-type “text/csv” --body “1,2” out.json",
        f"cd /tmp && AWS_PAGER= {AWS} --content-ty text/csv --body 1,2 out.json | tee log",
        f"user@host:~/work$ {AWS} --content-type text/csv --body $'1\\x2c2' /dev/stdout 2>&1",
        f'export B=1,2\n{AWS} --content-type text/csv --body "$B" out.json',
        f"{OLD_AWS} --body 1,2 --content-type text/csv out",
        "sagescope invoke-endpoint --endpoint-name iris --content-type text/csv --body 1,2 out",
        (
            "curl https://runtime.sagemaker.us-east-1.amazonaws.com/endpoints/iris/invocations "
            "-H 'content-type:text/csv' -d 1,2 --aws-sigv4 aws:amz:us-east-1:sagemaker"
        ),
        "curl -sSXPOST -H'Content-Type: text/csv' -d1,2 http://h:8080/endpoints/iris/invocations",
        "client.invoke_endpoint(EndpointName='iris', ContentType='text/csv', Body='1,2')",
        (
            ">>> body = '1,' + '2'\n>>> r = c.invoke_endpoint(EndpointName='iris',\n"
            "...     ContentType='text/csv', Body=body.encode('utf-8'))"
        ),
        (
            "   r = runtime.invoke_endpoint(\n      EndpointName='iris',\n"
            "      ContentType='text/csv',\n"
            "      Body=b'1,2')\n  print(r['Body'"
        ),
        (
            "def main():\n    a = dict(ContentType='text/csv', Body=io.BytesIO(b'1,2'))\n"
            "    return smr.invoke_endpoint(EndpointName='iris', **a)"
        ),
    ],
)
def test_the_same_request_in_many_spellings(text):
    assert_asks_iris(text)


@pytest.mark.parametrize(
    "text",
    [
        f"The customer ran:\n```bash\n{AWS} --content-type text/csv --body 1,2 out\n```\nIt's 500.",
        f"Here's what fails:\n\n{AWS} --content-type text/csv --body 1,2 out\nIt doesn't answer.",
        f"> It's this:\n> {AWS} \\\n>   --content-type text/csv \\\n>   --body 1,2 out",
        f"We can't get `{AWS} --content-type text/csv --body 1,2 out` to work",
        f"It's\n~~~\n{AWS} `\n --content-type text/csv `\n --body 1,2 out\n~~~\n",
        "It is after these:\n" + "aws sts get-caller-identity\n" * 30 + "It's\n"
        f"{AWS} --content-type text/csv --body 1,2 out",
        (
            "Here's my code:\n```python\nimport boto3\nc = boto3.client('sagemaker-runtime')\n"
            "c.invoke_endpoint(EndpointName='iris', ContentType='text/csv', Body='1,2')\n```\n"
            "It doesn't answer."
        ),
        (
            "It's this one:\n\n    curl https://h/endpoints/iris/invocations \\\n"
            "      -H 'content-type: text/csv' -d 1,2\n\nIt won't answer."
        ),
    ],
)
def test_a_request_is_found_between_words_about_it(text):
    assert_asks_iris(text)


@pytest.mark.parametrize(
    "text",
    [
        AWS.replace("--", "\u2014") + " \u2013content-type text/csv \u2014body 1,2 out",
        f"{AWS}\u00a0--content-type\u00a0text/csv \\\u00a0\n\u00a0 --body 1,2 out",
        f"{AWS} --content-type \u201ctext/csv\u201d --body '1,2' out",
        f"{AWS} --content-type=\u2018text/csv\u2019 --body '1,2' out",
    ],
)
def test_what_mail_programs_make_of_quotes_dashes_and_blanks_is_undone(text):
    assert_asks_iris(text)


def test_typographic_characters_within_quotes_stay():
    meant = "it\u2019s \u201cfine\u201d \u2014\u00a0yes"
    assert body_of(f"{AWS} --body '{meant}' out").data.decode() == meant


def test_a_body_that_the_text_writes_first():
    assert body_of(f"printf '%s' 1 > b.csv\n{AWS} --body fileb://b.csv out 2> err").data == b"1"
    for first in (
        "echo -n 1,2 > b.csv", "printf '1\\0542' > b.csv", "cat > b.csv <<< 1,2",
        "base64 --decode > b.csv <<EOF\nMSwy\nEOF", "cat << 'X' > b.csv\n1,2\nX",
    ):  # fmt: skip
        data = body_of(f"{first}\n{AWS} --body fileb://b.csv out").data
        assert data.rstrip(b"\n") == b"1,2"


def test_a_file_stays_a_file():
    assert body_of(f"{AWS} --body fileb:///data/a.csv o") == FileBody(path=Path("/data/a.csv"))
    assert body_of(f"{AWS} --body fileb://~/a.csv o") == FileBody(path=Path.home() / "a.csv")
    assert body_of(rf"{AWS} --body fileb://C:\data\new.csv o") == FileBody(
        path=Path(r"C:\data\new.csv")
    )
    assert body_of("c.invoke_endpoint(EndpointName='a', Body=open('a.csv', 'rb').read())") == (
        FileBody(path=Path("a.csv"))
    )


def test_which_version_of_the_cli_decodes_a_body_is_said():
    plain = f"{AWS} --body '{{\"a\": 1}}' out"
    assert body_of(plain) == InlineBody(data=b'{"a": 1}')
    assert "version 2 refuses it as Invalid base64" in words_of(plain)
    lucky = f'{AWS} --body \'{{"inputs": "hello1"}}\' out'
    assert "version 2 sends garbage" in words_of(lucky)
    encoded = f"{AWS} --body eyJhIjoxfQ== out"
    assert body_of(encoded) == InlineBody(data=b'{"a":1}')
    assert "version 1 sends it as it stands" in words_of(encoded)
    raw = f"{AWS} --cli-binary-format raw-in-base64-out --body eyJhIjoxfQ== out"
    assert body_of(raw) == InlineBody(data=b"eyJhIjoxfQ==")
    assert words_of(raw) == ""
    told = f"{AWS} --cli-binary-format base64 --body AAEC/w== out"
    assert body_of(told) == InlineBody(data=b"\x00\x01\x02\xff")


def test_json_input_gives_way_to_options():
    document = json.dumps({"EndpointName": "other", "TargetVariant": "blue", "Body": "1,2"})
    pasted = read_pasted(f"{AWS} --cli-input-json '{document}' out")
    assert pasted.request.endpoint_name == "iris"
    assert pasted.request.target_variant == "blue"
    assert pasted.request.body == InlineBody(data=b"1,2")


def test_members_in_a_file_of_this_machine_are_read(tmp_path):
    path = tmp_path / "in.json"
    path.write_text(json.dumps({"EndpointName": "e", "Body": "1,2", "TargetVariant": "blue"}))
    line = f"aws sagemaker-runtime invoke-endpoint --cli-input-json file://{path} out"
    request = read_pasted(line, read_file=Path.read_text).request
    assert (request.endpoint_name, request.target_variant) == ("e", "blue")
    assert request.body == InlineBody(data=b"1,2")
    path.write_text("team=a")
    named = f"{AWS} --custom-attributes file://{path} --body 1, out"
    assert read_pasted(named, read_file=Path.read_text).request.custom_attributes == "team=a"
    assert f"CustomAttributes is in a file and was left out: {path}" in words_of(named)
    with pytest.raises(RequestInvalid, match="in a file that cannot be read: "):
        read_pasted(line)


def test_variables_of_the_shell_are_left_and_told():
    pasted = read_pasted("aws sagemaker-runtime invoke-endpoint --endpoint-name $EP --body 1, o")
    assert pasted.request.endpoint_name == "$EP"
    assert "EndpointName holds a variable of the shell" in pasted.notes[0]
    silent = read_pasted("aws sagemaker-runtime invoke-endpoint --endpoint-name a --body '$1' o")
    assert silent.request.body == InlineBody(data=b"$1")


def test_where_it_went_is_read_and_credentials_are_not():
    pasted = read_pasted(
        f"AWS_PROFILE=support AWS_SECRET_ACCESS_KEY=hush {AWS} --region eu-west-3 "
        "--endpoint-url http://127.0.0.1:1 --body 1, out"
    )
    assert pasted.connection.profile == "support"
    assert pasted.connection.region == "eu-west-3"
    assert pasted.connection.endpoint_url == "http://127.0.0.1:1"
    assert "hush" not in repr(pasted)
    assert "credentials in the text were left out" in words_of(
        f"AWS_SECRET_ACCESS_KEY=hush {AWS} --body 1, out"
    )


def test_what_a_script_works_out_is_told():
    pasted = read_pasted(
        "c.invoke_endpoint(EndpointName=name(), Body=json.dumps({'a': [1, 2.50]}))"
    )
    assert pasted.request.body == InlineBody(data=b'{"a": [1, 2.5]}')
    assert pasted.notes == ("EndpointName is worked out by the script and was left out: name()",)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Nothing in this text"),
        ("ls -l", "Nothing in this text"),
        (f"{AWS} --body 'x", "A quote is opened"),
        (f"{AWS} --body", "--body has no value"),
        (f"{AWS} --cli-input-json nonsense o", "not valid JSON"),
        ("aws sagemaker-runtime invoke-endpoint-async --endpoint-name a", "another operation"),
        ("curl -F a=b http://h/endpoints/x/invocations", "a form"),
        ("c.invoke_endpoint(EndpointName=", "no Python that can be read"),
    ],
)
def test_what_cannot_be_read_says_why(text, reason):
    with pytest.raises(RequestInvalid, match=reason) as raised:
        read_pasted(text)
    assert raised.value.hint


@given(
    st.text(st.sampled_from("aws curl invoke-endpoint--body'\"\\$({`;|&<>#=\n .)0"), max_size=80)
)
def test_any_text_is_read_or_refused(text):
    for candidate in (text, f"{AWS} {text}", f"curl {text}", f"c.invoke_endpoint({text})"):
        assert outcome_of(candidate)


def outcome_of(text):
    try:
        return read_pasted(text).request.body
    except RequestInvalid as refused:
        return refused.summary
