"""Secrets out of what is shown: signed requests, and the environment of containers.

An environment variable is masked when its name says that it is a secret, word by word (``HF_TOKEN``
is, ``MAX_TOKENS`` is not), or when its value has the form of one: a password inside a URL, or a
well-known kind of key. ``SAGESCOPE_EXAMPLE_*`` stay, they are there to be read. A name that says
nothing with a value that looks like nothing cannot be known for a secret.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.domain.http import Headers

MASK = "***"

_SECRET_WORDS = frozenset(
    {
        "apikey",
        "auth",
        "authorization",
        "bearer",
        "cookie",
        "credential",
        "credentials",
        "dsn",
        "jwt",
        "key",
        "passphrase",
        "passwd",
        "password",
        "pat",
        "pwd",
        "secret",
        "secrets",
        "token",
    }
)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_SECRET_VALUE = re.compile(
    r"://[^/\s@]*:[^/\s@]+@"
    r"|\b(?:hf_|ghp_|github_pat_|glpat-|sk-|xox[abp]-|eyJ)[A-Za-z0-9_-]{12,}"
    r"|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY"
)
_SHOWN = "SAGESCOPE_EXAMPLE_"

_STRING = rb'"(?:[^"\\]|\\.)*"'
_PAIR = re.compile(rb"(?P<key>%b)(?P<colon>\s*:\s*)(?P<value>%b)" % (_STRING, _STRING))
_ENVIRONMENT = re.compile(rb'"Environment"\s*:\s*\{(?:\s*%b\s*:\s*%b\s*,?)*' % (_STRING, _STRING))

_SIGNATURE = re.compile(r"(?<=Signature=)[0-9a-fA-F]+")
_KEY_ID = re.compile(r"(?<=Credential=)[^/,\s]+(?=/)")
_TOKEN_HEADERS = frozenset({"x-amz-security-token", "x-amz-s3session-token"})


def mask_environment(document: bytes) -> bytes:
    """Mask the secret values of every ``Environment`` of a JSON text; all else stays as it is."""
    return _ENVIRONMENT.sub(lambda found: _PAIR.sub(_masked_pair, found[0]), document)


def is_secret(name: str, value: str) -> bool:
    """Whether an environment variable must not be shown."""
    if name.startswith(_SHOWN):
        return False
    words = {word.lower() for word in _WORD.findall(name)}
    return not words.isdisjoint(_SECRET_WORDS) or _SECRET_VALUE.search(value) is not None


def _masked_pair(found: re.Match[bytes]) -> bytes:
    name, value = str(json.loads(found["key"])), str(json.loads(found["value"]))
    if not value or not is_secret(name, value):
        return found[0]
    return found["key"] + found["colon"] + json.dumps(MASK).encode()


def mask_headers(headers: Headers) -> Headers:
    """Mask what proves an identity: the signature, the session token, most of the key's id."""
    return tuple((name, _masked_header(name.lower(), value)) for name, value in headers)


def _masked_header(name: str, value: str) -> str:
    if name in _TOKEN_HEADERS:
        return MASK
    if name != "authorization":
        return value
    if "Signature=" not in value:
        return f"{value.partition(' ')[0]} {MASK}"
    return _SIGNATURE.sub(MASK, _KEY_ID.sub(_last_four, value))


def _last_four(found: re.Match[str]) -> str:
    """Keep as much of an access key's id as ``aws configure list`` does."""
    key_id = found[0]
    return f"{MASK}{key_id[-4:]}" if len(key_id) > 8 else MASK
