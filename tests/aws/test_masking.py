import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.aws.masking import is_secret, mask_environment


@pytest.mark.parametrize(
    "name",
    [
        "HF_TOKEN",
        "HUGGING_FACE_HUB_TOKEN",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID",
        "openai_api_key",
        "apiKey",
        "dbPassword",
        "DB-PASSWORD",
        "BASIC_AUTH",
    ],
)
def test_a_name_that_says_secret_is_one(name):
    assert is_secret(name, "x")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAX_TOTAL_TOKENS", "4096"),
        ("TOKENIZERS_PARALLELISM", "false"),
        ("HF_MODEL_ID", "gpt2"),
        ("SAGEMAKER_PROGRAM", "inference.py"),
        ("AUTHOR", "someone"),
        ("MONKEY", "gibbon"),
        ("INDEX_URL", "https://pypi.example/simple"),
        ("SAGESCOPE_EXAMPLE_BODY", '{"token": "sk-000000000000000000"}'),
    ],
)
def test_what_says_nothing_of_the_kind_is_shown(name, value):
    assert not is_secret(name, value)


@pytest.mark.parametrize(
    "value",
    [
        "https://user:hunter2@host/simple",
        "hf_abcdefghijklmnopqrstuvwx",
        "AKIAIOSFODNN7EXAMPLE",
        "-----BEGIN RSA PRIVATE KEY-----",
        "eyJhbGciOiJIUzI1NiJ9.e30.x",
    ],
)
def test_a_value_with_the_form_of_a_secret_is_one(value):
    assert is_secret("HARMLESS", value)


values = st.text(max_size=20)
environments = st.dictionaries(values | st.sampled_from(["A_TOKEN", "KEY", "b"]), values)


@given(environments, values, st.sampled_from([None, 2]), st.booleans())
def test_only_the_values_of_secrets_change(environment, other, indent, ascii_only):
    document = {"ModelName": other, "C": [{"Environment": environment, "Token": other}]}
    text = json.dumps(document, indent=indent, ensure_ascii=ascii_only)
    masked = json.loads(mask_environment(text.encode("utf-8", "surrogatepass")))
    shown = {
        name: "***" if value and is_secret(name, value) else value
        for name, value in environment.items()
    }
    assert masked == {"ModelName": other, "C": [{"Environment": shown, "Token": other}]}


def test_what_holds_no_secret_is_the_same_bytes():
    text = b'{ "Environment" : {"A":"1",  "B" : "\\u00e9"},"x":1E5 }'
    assert mask_environment(text) == text


def test_a_secret_is_masked_where_it_stands_and_nowhere_else():
    text = b'{"Environment": {"A" :"1", "HF_TOKEN":  "hf_x", "B":"2"}, "HF_TOKEN": "shown"}'
    assert mask_environment(text) == (
        b'{"Environment": {"A" :"1", "HF_TOKEN":  "***", "B":"2"}, "HF_TOKEN": "shown"}'
    )
