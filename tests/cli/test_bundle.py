"""`sagescope bundle` and `sagescope open`: an entry of the history for a colleague, and back."""

import json
import sys

import pytest

from tests.interchange.bundles import iris
from tests.store.histories import record
from tui.bundles import make_files, open_bundle, write_files
from tui.cli.main import main
from tui.domain.bundles import Masking
from tui.store.files import FileExists
from tui.store.history import HistoryBounds, HistoryFile

BODY = "5.1,3.5,1.4,0.2"


@pytest.fixture
def sent(sagescope):
    """Send one; return what is in the history of it."""
    status, _, err = sagescope(
        *("invoke-endpoint", "--endpoint-name", "iris-classifier", "--content-type", "text/csv"),
        *("--custom-attributes", "trace=s3cr3t-attribute", "--body", BODY, "-"),
    )
    assert status == 0, err
    status, out, _ = sagescope("history", "show", "1")
    assert status == 0
    return json.loads(out)


def test_an_entry_becomes_a_bundle_of_all_that_is_known(sagescope, sent, tmp_path):
    status, out, err = sagescope("bundle", "1", "-o", "ticket")
    assert (status, out, err) == (0, "ticket\n", "")
    opened = open_bundle(tmp_path / "ticket")
    assert opened.request.body.data == BODY.encode()
    assert opened.exchange.reply.body.decode() == sent["Response"]["Body"]
    assert (opened.altered, opened.region) == ((), "us-east-1")
    assert (tmp_path / "ticket" / "endpoint" / "DescribeEndpoint.json").is_file()
    assert (tmp_path / "ticket" / "run-curl.sh").is_file()


def test_its_name_says_what_it_is_and_nothing_masked_is_in_it(sagescope, sent, tmp_path):
    status, out, _ = sagescope("bundle", "#1", "--zip", "--mask", "all", "--mask-path", "x[0]")
    assert status == 0
    assert out.startswith("sagescope-iris-classifier-")
    assert out.endswith(".zip\n")
    path = tmp_path / out.strip()
    assert open_bundle(path).request.custom_attributes == "***"
    with pytest.raises(FileExists):
        write_files(path, ())
    assert sagescope("bundle", "1", "-o", str(path), "--overwrite")[0] == 0


def test_a_path_that_masks_nothing_is_told(sagescope, sent):
    status, _, err = sagescope(
        *("bundle", "1", "-o", "b", "--mask-path", "predictions[0].class", "--mask-path", "nam")
    )
    assert (status, err) == (0, "sagescope: nam is in neither body: nothing is masked there\n")


def test_what_cannot_be_asked_is_told_and_left_out(sagescope, sent, tmp_path):
    status, _, err = sagescope(
        *("bundle", "1", "-o", "b", "--endpoint-url", "http://127.0.0.1:9"),
        *("--cli-connect-timeout", "1"),
    )
    assert status == 0
    assert "the endpoint's description is left out" in err
    assert not (tmp_path / "b" / "endpoint").exists()
    assert "http://127.0.0.1:9" in (tmp_path / "b" / "run-aws.sh").read_text()


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["bundle", "9"], 255, "There is no entry 9"),
        (["bundle", "1", "--mask-path", "a["], 252, "is no path in a JSON text"),
        (["bundle", "1", "-o", "none/b"], 255, "Cannot write none/b"),
        (
            ["bundle", "1", "-o", "there"],
            255,
            "there exists already\nChoose another name, or add --o",
        ),
        (["open", "none"], 255, "no such folder or file"),
        (["open", "."], 252, "no bundle of sagescope's"),
    ],
)
def test_what_cannot_be_done_is_said(capsys, home, monkeypatch, tmp_path, arguments, status, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there").mkdir()
    store = HistoryFile(home / "history.sqlite3", HistoryBounds())
    record(store, "iris")
    store.close()
    assert main([*arguments]) == status
    assert words in capsys.readouterr().err


def test_a_body_that_was_not_kept_makes_no_bundle(capsys, home):
    store = HistoryFile(home / "history.sqlite3", HistoryBounds(keep_bodies=False))
    record(store, "iris")
    store.close()
    assert main(["bundle", "1"]) == 255
    assert "A body of #1 is not in the history" in capsys.readouterr().err


if sys.platform != "win32":
    from tests.cli.test_opening import AWS, opened, quit_and_expect

    def test_a_bundle_opens_in_the_program_on_its_region(tmp_path, demo_server):
        write_files(tmp_path / "b.zip", make_files(iris(answer=b'{"odd": 1}'), Masking()))
        arguments = ["open", "b.zip", "--endpoint-url", demo_server.url]
        with opened(tmp_path, *arguments, **AWS) as terminal:
            terminal.wait_for("eu-west-1")
            terminal.wait_for('"odd"')
            quit_and_expect(terminal, 0)
