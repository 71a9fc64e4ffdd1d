"""House rules that hold for the whole tree, and that a reviewer should not have to watch for."""

import ast
import contextlib
import itertools
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT_TYPES = {
    ".py",
    ".md",
    ".txt",
    ".toml",
    ".yaml",
    ".yml",
    ".html",
    ".css",
    ".js",
    ".json",
    ".po",
    ".csv",
    ".svg",
    "",
}
NOT_OURS = {
    ".git",
    ".venv",
    ".tools",
    ".cache",
    ".hypothesis",
    "__pycache__",
    "build",
    "dist",
    "site",
    "var",
    "htmlcov",
}
FRAGMENT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.(added|changed|fixed|removed|security)\.md\Z")
RECORD = re.compile(r"(\d{3})-[a-z0-9]+(-[a-z0-9]+)*\.md\Z")
FOREIGN = {
    "a path of one machine": re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users)/"),
    "a package registry": re.compile(
        r"\b(?:pypi\.org|pythonhosted\.org|registry\.npmjs|proxy\.golang|deb\.debian)|--(?:extra-)?index-url"
    ),
    "a key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
}


def ours(folder: Path = ROOT) -> Iterator[Path]:
    """Every file of the project that should be text, whether committed yet or not."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name not in NOT_OURS and not path.name.endswith(("_cache", ".egg-info")):
            yield from ours(path)
        elif path.is_file() and path.suffix in TEXT_TYPES and not path.name.startswith(".coverage"):
            yield path


def texts() -> Iterator[tuple[str, str]]:
    """Name and content of each; a sample that is not UTF-8 on purpose has none."""
    for path in ours():
        with contextlib.suppress(UnicodeDecodeError):
            yield str(path.relative_to(ROOT)), path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("what", FOREIGN)
def test_nothing_names(what: str) -> None:
    assert [name for name, text in texts() if FOREIGN[what].search(text)] == []


def test_every_text_has_unix_lines_and_ends_with_one() -> None:
    assert [name for name, text in texts() if "\r\n" in text or (text and not text.endswith("\n"))] == []


def test_every_pin_has_a_version_and_hashes() -> None:
    for file in (ROOT / "requirements").glob("*.txt"):
        for pin in re.sub(r"\\\n", "", file.read_text("utf-8")).splitlines():
            assert re.fullmatch(r"[a-z0-9-]+(\[\w+\])?==\S+( ; [^-]+)?(\s+--hash=sha256:[0-9a-f]{64})+", pin), pin


def test_the_demo_and_the_tests_run_with_the_same_versions() -> None:
    assert _pins("run") <= _pins("dev")


def _pins(name: str) -> set[str]:
    return set(
        re.findall(r"^[a-z0-9-]+==\S+", (ROOT / "requirements" / f"{name}.txt").read_text("utf-8"), re.MULTILINE)
    )


UNIMPORTED = {"psycopg", "tzdata"}  # SQLAlchemy and zoneinfo find them by themselves


def test_the_packages_that_are_imported_are_those_that_are_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = [*project["dependencies"], *itertools.chain(*project["optional-dependencies"].values())]
    names = {re.split(r"[\[<>=]", requirement)[0] for requirement in declared}
    modules = set(_imported_modules(ROOT / "formroute")) - sys.stdlib_module_names - {"formroute"}
    distributions = packages_distributions()
    imported = {name.lower().replace("_", "-") for module in modules for name in distributions.get(module, [module])}
    assert imported == names - UNIMPORTED


def _imported_modules(package: Path) -> Iterator[str]:
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0]


def test_every_decision_is_numbered_in_order_told_in_three_parts_and_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    records = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    index = (folder / "README.md").read_text("utf-8")
    assert [int(record.name[:3]) for record in records] == list(range(1, len(records) + 1))
    for record in records:
        assert RECORD.match(record.name), record.name
        text = record.read_text("utf-8")
        title = text.splitlines()[0].removeprefix("# ")
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"], record.name
        assert f"[{title}]({record.name})" in index, record.name


def test_every_fragment_of_the_changelog_is_named_by_its_kind_and_is_one_paragraph() -> None:
    for fragment in (ROOT / "docs" / "changes").iterdir():
        if fragment.name == "README.md":
            continue
        assert FRAGMENT.match(fragment.name), fragment.name
        text = fragment.read_text("utf-8").strip()
        assert text.endswith("."), fragment.name
        assert "\n\n" not in text, fragment.name


def test_every_link_between_our_pages_leads_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in ours()
        if page.suffix == ".md"
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8"))
        if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists()
    ]
    assert broken == []


def test_every_command_of_dev_is_told_in_its_help() -> None:
    script = (ROOT / "dev").read_text("utf-8")
    commands = re.findall(r"^([a-z]+)\)", script, re.MULTILINE)
    assert commands
    assert [command for command in commands if f"./dev {command}" not in script] == []
