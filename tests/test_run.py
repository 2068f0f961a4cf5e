"""The script `./run`: how it finds uv, when it prepares the environment, and what it hands on."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WORDS = ("install", "demo", "test", "check", "bench", "docs", "golden", "serve", "broadsheet", "python")

FAKE_UV = """\
#!/bin/sh
[ "$1" = --version ] && { echo "uv %(version)s"; exit; }
echo "$@" >> "%(log)s"
mkdir -p "%(root)s/.venv/bin"
printf '#!/bin/sh\\nprintf "[%%%%s]" "$0" "$PWD" "$@"\\n' > "%(root)s/.venv/bin/broadsheet"
printf '#!/bin/sh\\nprintf "[%%%%s]" "$@"\\n' > "%(root)s/.venv/bin/python"
chmod +x "%(root)s/.venv/bin/broadsheet" "%(root)s/.venv/bin/python"
"""
FAKE_PYTHON = """\
#!/bin/sh
[ "$3" = --version ] && exit 0
echo "$@" >> "%(log)s"
while [ "$1" != --target ]; do shift; done
mkdir -p "$2/bin"
cp "%(uv)s" "$2/bin/uv"
"""


class Clone:
    """A clone of the project's ground on a machine where uv and pip only note that they were called."""

    def __init__(self, root: Path) -> None:
        self.root = root / "a clone"
        self.programs = root / "bin"
        self.log = root / "called"
        self.root.mkdir()
        self.programs.mkdir()
        (self.root / "src").mkdir()
        for name in ("run", "pyproject.toml", "uv.lock"):
            shutil.copy(ROOT / name, self.root)

    def install_uv(self, version: str = "0.9.1") -> None:
        """Put a uv on the machine."""
        self._put(self.programs / "uv", FAKE_UV % {"version": version, "log": self.log, "root": self.root})

    def install_pip(self) -> None:
        """Put a Python with pip on the machine, whose pip can install uv."""
        uv = self.root.parent / "uv-wheel"
        self._put(uv, FAKE_UV % {"version": "0.9.1", "log": self.log, "root": self.root})
        self._put(self.programs / "python3", FAKE_PYTHON % {"log": self.log, "uv": uv})

    def run(
        self, *words: str, cwd: Path | None = None, extra: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Call ./run with only the machine's own tools on the path."""
        environ = {"PATH": str(self.programs), "HOME": str(self.root.parent), **(extra or {})}
        command = [str(self.root / "run"), *words]
        return subprocess.run(
            command, cwd=cwd or self.root, env=environ, capture_output=True, text=True, check=False, timeout=60
        )

    def calls(self) -> list[str]:
        """What uv and pip were called with, in order."""
        return self.log.read_text().splitlines() if self.log.exists() else []

    @staticmethod
    def _put(file: Path, text: str) -> None:
        file.write_text(text)
        file.chmod(0o755)


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """A fresh clone, with the plain tools of any machine but neither uv nor Python."""
    made = Clone(tmp_path)
    for tool in (
        "bash",
        "sh",
        "cat",
        "cksum",
        "cp",
        "cut",
        "dirname",
        "env",
        "head",
        "mkdir",
        "mv",
        "rm",
        "sort",
        "chmod",
    ):
        found = shutil.which(tool)
        assert found, tool
        (made.programs / tool).symlink_to(found)
    return made


def test_help_names_every_word(clone: Clone) -> None:
    shown = clone.run("help")
    assert shown.returncode == 0
    assert all(f"\n  {word}" in shown.stdout for word in WORDS)
    assert clone.run().stdout == shown.stdout


def test_a_wrong_word_is_an_error_that_lists_the_right_ones(clone: Clone) -> None:
    shown = clone.run("tset")
    assert shown.returncode == 2
    assert "no such word: tset" in shown.stderr
    assert all(f"\n  {word}" in shown.stderr for word in WORDS)
    assert shown.stdout == ""


def test_the_environment_is_prepared_once(clone: Clone) -> None:
    clone.install_uv()
    assert clone.run("broadsheet", "status").returncode == 0
    assert clone.run("broadsheet", "status").returncode == 0
    assert len(clone.calls()) == 1
    assert "sync" in clone.calls()[0]
    assert "--locked" in clone.calls()[0]
    assert "--compile-bytecode" in clone.calls()[0]
    assert "--group" not in clone.calls()[0]


def test_a_changed_lock_prepares_it_again(clone: Clone) -> None:
    clone.install_uv()
    clone.run("broadsheet")
    with (clone.root / "uv.lock").open("a") as lock:
        lock.write("\n")
    clone.run("broadsheet")
    assert len(clone.calls()) == 2


def test_a_developer_keeps_the_tools(clone: Clone) -> None:
    clone.install_uv()
    clone.run("python", "-V")
    clone.run("demo")
    with (clone.root / "uv.lock").open("a") as lock:
        lock.write("\n")
    clone.run("demo")
    assert [("--group dev" in call) for call in clone.calls()] == [True, True]


def test_arguments_and_folder_arrive_as_they_were_given(clone: Clone, tmp_path: Path) -> None:
    clone.install_uv()
    shown = clone.run("broadsheet", "search", "two words", "*", "", cwd=tmp_path)
    assert shown.stdout == f"[{clone.root}/.venv/bin/broadsheet][{tmp_path}][search][two words][*][]"


def test_a_missing_uv_comes_from_pip_into_the_clone(clone: Clone) -> None:
    clone.install_pip()
    shown = clone.run("broadsheet", "status")
    assert shown.returncode == 0, shown.stderr
    assert shown.stderr.splitlines() == ["run: installing uv into .tools/uv", "run: preparing .venv"]
    installed, synced = clone.calls()
    assert f"--target {clone.root}/.tools/uv" in installed
    assert "sync" in synced
    assert [path.name for path in (clone.root / ".tools").iterdir()] == ["uv"]


def test_an_old_uv_is_not_used(clone: Clone) -> None:
    clone.install_uv("0.4.30")
    clone.install_pip()
    clone.run("broadsheet", "status")
    assert (clone.root / ".tools" / "uv" / "bin" / "uv").exists()


def test_without_uv_and_pip_it_says_what_to_install(clone: Clone) -> None:
    shown = clone.run("demo")
    assert shown.returncode == 1
    assert "apt-get install python3-pip" in shown.stderr


def test_a_given_environment_is_used_as_it_is(clone: Clone, tmp_path: Path) -> None:
    program = tmp_path / "env" / "bin" / "broadsheet"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\necho given\n")
    program.chmod(0o755)
    shown = clone.run("broadsheet", extra={"BROADSHEET_VENV": str(tmp_path / "env")})
    assert shown.stdout == "given\n"
    assert clone.calls() == []


def test_an_active_environment_does_not_leak_in(clone: Clone) -> None:
    clone.install_uv()
    noted = clone.programs / "uv"
    noted.write_text(noted.read_text().replace('"$@"', '"$@ ${VIRTUAL_ENV-none} ${PYTHONDONTWRITEBYTECODE-none}"'))
    clone.run("broadsheet", extra={"VIRTUAL_ENV": "/elsewhere", "PYTHONDONTWRITEBYTECODE": "1"})
    assert clone.calls()[0].endswith("none none")


@pytest.mark.parametrize("script", ["run", ".ci/run"])
def test_scripts_are_executable_and_well_formed(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    subprocess.run(["bash", "-n", str(ROOT / script)], check=True)


def test_ci_works_on_debian_packages_that_its_tests_name() -> None:
    from_hints = _packages_named((ROOT / "tests" / "conftest.py").read_text())
    installed = (ROOT / ".ci" / "run").read_text().partition("parts=(")[2].partition(")")[0].split()
    assert from_hints <= set(installed)


def _packages_named(text: str) -> set[str]:
    return {
        line.partition("apt-get install ")[2].rstrip('",') for line in text.splitlines() if "apt-get install" in line
    }
