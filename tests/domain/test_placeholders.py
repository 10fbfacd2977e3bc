"""Placeholders: exact spellings are filled in, everything else stays as it was typed."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.domain.errors import RequestInvalid, StorageFailed
from tui.domain.placeholders import (
    REFUSED_VARIABLES,
    Filling,
    Kind,
    fill,
    filling_of,
    filling_so_far,
    placeholders_in,
    wanted_variables,
)
from tui.domain.presets import Preset, Variable
from tui.domain.requests import FileBody, InlineBody, InvocationRequest

CITY = Variable(name="city", prompt="Which?", default="Ulm")
DAY = Variable(name="day")
ENVIRON = {"STAGE": "prod", "AWS_SECRET_ACCESS_KEY": "s3cret", "ODD": "\udcff"}


@dataclass(frozen=True)
class Given:
    """A machine of which everything is known."""

    now: datetime = datetime(2026, 11, 25, 13, 5, 9, 999, tzinfo=timezone(timedelta(hours=1)))
    uuid: str = "0f0e0d0c"
    environ: dict = field(
        default_factory=lambda: {
            "STAGE": "prod",
            "AWS_SECRET_ACCESS_KEY": "s3cret",
            "ODD": "\udcff",
            "QUOTED": '"a"',
        }
    )

    def read_file(self, path, folder):
        if path == "row.csv":
            return b"1,2\r\n\xff{{uuid}}"
        if path == "name.txt":
            return b"na\xc3\xafve"
        raise StorageFailed(summary=f"{{{{file:{path}}}}} cannot be read: there is no such file")


def body_of(data, **variables):
    request = InvocationRequest(body=InlineBody(data=data))
    return fill(request, Filling(variables=variables), Given()).body.data


def text_of(text, **variables):
    request = InvocationRequest(custom_attributes=text)
    return fill(request, Filling(variables=variables), Given()).custom_attributes


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        (b'{"id": "{{uuid}}"}', b'{"id": "0f0e0d0c"}'),
        (b"{{now}}", b"2026-11-25T12:05:09Z"),
        (b"{{env.STAGE}}-{{city}}", b"prod-Ulm"),
        (b"{{file:row.csv}}!", b"1,2\r\n\xff{{uuid}}!"),
        (b"{{uuid}}{{uuid}}", b"0f0e0d0c0f0e0d0c"),
        (b"{{env.ODD}}", b"\xff"),
        (b"{{{uuid}}}", b"{0f0e0d0c}"),
        ("{{city}} é".encode(), "Ulm é".encode()),
    ],
)
def test_a_body_is_filled_in(typed, sent):
    assert body_of(typed, city="Ulm") == sent


NASTY = 'He said "no\\way",\nthen\tleft \x01 é'
JSON_TYPES = ["application/json", "application/vnd.x+json; charset=utf-8", "application/jsonlines"]


def json_body_of(data, content_type="application/json", **variables):
    request = InvocationRequest(body=InlineBody(data=data), content_type=content_type)
    return fill(request, Filling(variables=variables), Given()).body.data


@given(value=st.text(st.characters(codec="utf-8")), content_type=st.sampled_from(JSON_TYPES))
@example(value=NASTY, content_type=JSON_TYPES[0])
def test_any_value_within_a_string_of_json_stays_that_value(value, content_type):
    typed = b'{"a \\" b": "x{{v}}y", "{{v}}": [{{n}}], "w": "{{v}}"}'
    sent = json_body_of(typed, content_type, v=value, n="1, 2")
    assert json.loads(sent) == {'a " b': f"x{value}y", value: [1, 2], "w": value}
    assert b"\n" not in sent


@pytest.mark.parametrize(
    ("typed", "content_type"),
    [
        (b'say "{{v}}"', "text/plain"),
        (b'1,"{{v}}"', "text/csv"),
        (b'say "{{v}}"', None),
        (b"{{v}}", "application/json"),
        (b'["a", {{v}}]', "application/json"),
        (b'"one quote\n{{v}}', "application/jsonlines"),
    ],
)
def test_elsewhere_a_value_is_put_there_as_it_is(typed, content_type):
    assert json_body_of(typed, content_type, v=NASTY) == typed.replace(b"{{v}}", NASTY.encode())


def test_without_a_type_what_begins_as_json_is_taken_for_it():
    assert json_body_of(b' {"a": "{{v}}"}', None, v='"') == b' {"a": "\\""}'
    filled_type = InvocationRequest(
        body=InlineBody(data=b'"{{v}}"'), content_type="application/{{kind}}"
    )
    found = fill(filled_type, Filling(variables={"v": '"', "kind": "json"}), Given())
    assert found.body.data == b'"\\""'


def test_the_environment_and_files_are_spelt_as_json_too():
    assert json_body_of(b'["{{env.QUOTED}}", "{{file:name.txt}}"]') == (
        '["\\"a\\"", "na\u00efve"]'.encode()
    )


def test_a_file_that_is_no_text_fits_alone_but_into_no_string():
    assert json_body_of(b"{{file:row.csv}}") == b"1,2\r\n\xff{{uuid}}"
    with pytest.raises(RequestInvalid, match="no string of JSON can hold it"):
        json_body_of(b'{"rows": "{{file:row.csv}}"}')


@pytest.mark.parametrize(
    "typed",
    [
        b"{{ uuid }}",
        b"{{UUID}}",
        b"{{unknown}}",
        b"{{ messages[0]['content'] }}",
        b"{% for m in messages %}{{m}}{% endfor %}",
        b"{{env.}}{{env.1A}}{{env.A B}}",
        b"{{file:}}{{file:a\nb}}",
        b"{uuid}",
        b"{{uuid}",
        b"{{uuid|upper}}",
        b"\xff{{uuid}}",
    ],
)
def test_what_is_not_exactly_a_placeholder_stays(typed):
    assert body_of(typed, city="Ulm") == typed


@given(data=st.binary() | st.text(st.sampled_from("{}uidnow env.file: \n")).map(str.encode))
def test_without_a_placeholder_the_request_is_the_very_same(data):
    preset = Preset(request=InvocationRequest(body=InlineBody(data=data), accept="a/b"))
    if not placeholders_in(preset):
        assert fill(preset.request, Filling(), Given()) is preset.request


@pytest.mark.parametrize("member", ["endpoint_name", "target_model", "accept", "session_id"])
def test_any_member_is_filled_in(member):
    request = InvocationRequest(**{member: "x-{{city}}"})
    assert getattr(fill(request, Filling(variables={"city": "Ulm"}), Given()), member) == "x-Ulm"


def test_what_is_filled_in_is_not_looked_through_again():
    assert body_of(b"{{a}}", a="{{b}}", b="no") == b"{{b}}"
    assert text_of("{{a}}", a="{{uuid}}") == "{{uuid}}"


def test_a_file_can_stand_in_a_member_if_it_is_text():
    assert text_of("{{file:name.txt}}") == "naïve"
    with pytest.raises(RequestInvalid, match="is not text"):
        text_of("{{file:row.csv}}")


def test_a_body_in_a_file_is_sent_as_it_is(tmp_path):
    request = InvocationRequest(body=FileBody(path=tmp_path / "{{uuid}}"))
    assert fill(request, Filling(), Given()) is request


def test_all_that_is_missing_is_said_at_once():
    with pytest.raises(RequestInvalid) as refused:
        body_of(b"{{env.NOWHERE}} {{env.NOWHERE}} {{file:gone}}")
    assert refused.value.summary == (
        "Nothing was sent: there is no environment variable NOWHERE; "
        "{{file:gone}} cannot be read: there is no such file"
    )
    assert refused.value.hint


@pytest.mark.parametrize("name", [*sorted(REFUSED_VARIABLES), "aws_secret_access_key"])
def test_no_credential_is_filled_in(name):
    with pytest.raises(RequestInvalid, match="credential") as refused:
        text_of(f"{{{{env.{name}}}}}")
    assert "s3cret" not in str(refused.value)


def preset(body, *variables, **changes):
    return Preset(
        request=InvocationRequest(body=InlineBody(data=body), accept="{{now}}"),
        variables=variables,
        **changes,
    )


def test_what_would_be_filled_in_is_told_once_each():
    found = placeholders_in(preset(b"{{uuid}} {{city}} {{uuid}} {{other}} {{env.X}}", CITY, DAY))
    assert [(each.kind, each.name) for each in found] == [
        (Kind.NOW, ""),
        (Kind.UUID, ""),
        (Kind.VARIABLE, "city"),
        (Kind.ENV, "X"),
    ]


def test_only_variables_in_use_are_asked_for():
    assert wanted_variables(preset(b"{{day}}", CITY, DAY)) == (DAY,)


def test_an_answer_wins_over_the_default_and_one_of_both_is_needed(tmp_path):
    both = preset(b"{{city}} {{day}}", CITY, DAY)
    filling = filling_of(both, tmp_path, {"day": "Monday", "strange": "x"})
    assert filling == Filling(variables={"city": "Ulm", "day": "Monday"}, folder=tmp_path)
    assert filling_of(both, None, {"city": "", "day": ""}).variables == {"city": "", "day": ""}
    with pytest.raises(RequestInvalid, match=r"no value for \{\{day\}\}"):
        filling_of(both, tmp_path, {})
    assert filling_so_far(both, tmp_path, {}) == Filling(variables={"city": "Ulm"}, folder=tmp_path)


def test_switched_off_nothing_is_found_asked_for_or_filled_in():
    off = preset(b"{{uuid}} {{day}}", DAY, has_placeholders=False)
    assert placeholders_in(off) == wanted_variables(off) == ()
    assert filling_of(off, None, {}) is filling_so_far(off, None, {}) is None


def test_the_time_is_told_in_utc():
    assert Given().now.astimezone(UTC).hour == 12
    assert text_of("{{now}}") == "2026-11-25T12:05:09Z"
