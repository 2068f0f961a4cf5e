"""The tree itself: where things are, how large they may get, and what no file may say."""

import ast
import re
import subprocess
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "broadsheet"
MODULES = sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py"))
LONGEST = 400

STAGES = ("model", "parse", "clean", "decide", "imaging", "fetch", "store", "publish", "pipeline")

# Modules (or patterns of them) without a test file of their own, and where they are proved instead.
PROVED_ELSEWHERE = {
    "__main__.py": "tests/cli runs the program",
    "version.py": "tests/test_docs.py holds it to the changelog",
    "model/companies.py": "plain types: tests/model/test_types.py",
    "model/doors.py": "plain types: tests/model/test_types.py",
    "model/editions.py": "plain types: tests/model/test_types.py",
    "model/facts.py": "plain types: tests/model/test_types.py",
    "model/findings.py": "plain types: tests/model/test_types.py",
    "model/fulltext.py": "plain types: tests/model/test_types.py",
    "model/limits.py": "plain types: tests/model/test_types.py",
    "model/parsed.py": "plain types: tests/model/test_types.py",
    "model/policy.py": "plain types: tests/model/test_types.py",
    "model/push.py": "plain types: tests/model/test_types.py",
    "model/reading.py": "plain types: tests/model/test_types.py",
    "model/updates.py": "plain types: tests/model/test_types.py",
    "web/house/given.py": "names of types: tests/web/test_app.py",
    "publish/formats/*": "golden cases of every format: tests/publish/test_postfiles.py, test_markdown.py",
    "pipeline/means.py": "plain types: tests/pipeline/test_update.py",
    "pipeline/report.py": "plain types: tests/pipeline/test_update.py",
}

# Spelled in pieces, so that this file may be searched too.
FOREIGN = re.compile("|".join((r"(?<![\w.])/" + "work/", "/tmp/" + "brief", "/opt/" + "wheels", "/root/" + r"\.")))


def tracked() -> list[Path]:
    """Every file that a clone has."""
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: the list of tracked files is not known")
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def lines_of(path: Path) -> int:
    return path.read_text("utf-8").count("\n")


def test_every_module_has_its_test_file() -> None:
    without = [
        module
        for module in MODULES
        if not module.endswith("__init__.py")
        and not (ROOT / "tests" / Path(module).with_name(f"test_{Path(module).name}")).exists()
    ]
    assert [module for module in without if not any(fnmatch(module, known) for known in PROVED_ELSEWHERE)] == []
    assert [known for known in PROVED_ELSEWHERE if not any(fnmatch(module, known) for module in without)] == []


@pytest.mark.parametrize("folder", ["src", "tests", "bench", "docs"])
def test_no_module_is_longer_than_a_person_reads_at_once(folder: str) -> None:
    long = {
        str(path.relative_to(ROOT)): lines_of(path)
        for path in (ROOT / folder).rglob("*.py")
        if not any(part.startswith(".") for part in path.parts) and lines_of(path) > LONGEST
    }
    assert not long


@pytest.mark.parametrize(
    "init", [name for name in MODULES if name.endswith("/__init__.py") and name.startswith(STAGES)]
)
def test_a_door_is_a_docstring_and_a_list_of_names(init: str) -> None:
    docstring, *rest = ast.parse((SOURCE / init).read_text("utf-8")).body
    assert isinstance(docstring, ast.Expr)
    assert isinstance(docstring.value, ast.Constant)
    for statement in rest:
        names = [ast.unparse(target) for target in statement.targets] if isinstance(statement, ast.Assign) else []
        assert isinstance(statement, ast.ImportFrom) or names == ["__all__"], ast.unparse(statement)


def test_no_file_names_the_machine_it_was_written_on() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in tracked()
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if FOREIGN.search(line)
    ]
    assert not found


def test_the_lock_file_names_no_other_index_than_pypi() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
    sources = {str(value) for package in lock["package"] for value in package["source"].values()}
    assert sources == {"https://pypi.org/simple", "."}


def test_what_a_run_leaves_behind_is_ignored() -> None:
    ignored = (ROOT / ".gitignore").read_text("utf-8").split()
    assert {".venv/", ".tools/", "/dist/", "/bench/.peers/", "__pycache__/", ".coverage*"} <= set(ignored)


def test_no_pattern_repeats_a_group_possessively() -> None:
    """Python before 3.11.5 matches `(?:...)*+` wrongly (gh-106052); `(?>(?:...)*)` means the same and is right."""
    possessive = re.compile(r"\)(?:[*+?]|\{[0-9,]+\})\+")
    told = [
        f"{path.name}: {line.strip()}"
        for path in (ROOT / "src").rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if possessive.search(line)
    ]
    assert told == []
