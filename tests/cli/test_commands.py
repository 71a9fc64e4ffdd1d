"""The list of commands, and what is said to who misspells one."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from formroute.cli import main


def test_authors_find_their_commands_before_those_of_a_running_site() -> None:
    told = CliRunner().invoke(main, ["--help"]).output
    places = [told.index(words) for words in ("For forms and routes:", "  check ", "For a running site:", "  deliver ")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chekc", " Did you mean 'check'? Find every mistake in a schemas folder."),
        ("translation", " Did you mean 'translations'? Find translations that are missing, or older than their text."),
        ("explain", " Did you mean 'route'? Show where answers go, and why."),
        ("validate", " Did you mean 'check'? Find every mistake in a schemas folder."),
        ("zzz", ""),
    ],
)
def test_a_command_that_is_none(typed: str, meant: str) -> None:
    result = CliRunner().invoke(main, [typed])
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (2, f"Error: No such command '{typed}'.{meant}")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["--versoin"], "No such option '--versoin'. Did you mean '--version'?"),
        (["check", "--fromat", "json"], "No such option '--fromat'. Did you mean '--format'?"),
        (["desk", "ad", "zoe"], "No such command 'ad'. Did you mean 'add'?"),
    ],
)
def test_an_option_or_a_command_of_the_desk_that_is_none(typed: list[str], said: str) -> None:
    result = CliRunner().invoke(main, typed)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (2, f"Error: {said}")
