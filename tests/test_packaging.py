"""What is shipped beside the program: units of systemd, a container file, and the examples of proxies."""

import configparser
import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from broadsheet.cli.app import make_app
from broadsheet.store import on_server

ROOT = Path(__file__).parents[1]
PACKAGING = ROOT / "packaging"
UNITS = sorted((PACKAGING / "systemd").glob("*.service"))
CONTAINERFILE = PACKAGING / "container" / "Containerfile"
GUIDE = ROOT / "docs" / "how-to" / "run-at-home.md"
PROGRAM = "/opt/broadsheet/bin/broadsheet"
CERTIFICATES = re.compile(r"listen 443 ssl;|ssl_certificate\w* .*;")
NGINX = """\
error_log {work}/error.log; pid {work}/pid;
events {{}}
http {{
  access_log off; client_body_temp_path {work}; proxy_temp_path {work}; fastcgi_temp_path {work};
  uwsgi_temp_path {work}; scgi_temp_path {work};
  {server}
}}
"""


def unit(path: Path) -> dict[str, dict[str, str]]:
    parser = configparser.RawConfigParser(strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys of systemd have capitals
    parser.read_string(path.read_text("utf-8"))
    return {name: dict(parser[name]) for name in parser.sections()}


def commands() -> set[str]:
    return set(typer.main.get_command(make_app()).commands)  # type: ignore[attr-defined]


def instructions() -> list[tuple[str, str]]:
    """Each instruction of the container file: its word, and the rest on one line."""
    text = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", CONTAINERFILE.read_text("utf-8"), flags=re.MULTILINE))
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in text.splitlines() if line)]


def compose(name: str = "compose.yaml") -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((PACKAGING / "container" / name).read_text("utf-8"))
    return read


def test_there_are_units_that_show_the_paper_and_keep_it_up_to_date() -> None:
    assert [path.stem for path in UNITS] == ["broadsheet-run", "broadsheet-serve", "broadsheet-worker"]
    started = [unit(path)["Service"]["ExecStart"].split()[:2] for path in UNITS]
    assert started == [[PROGRAM, word] for word in ("run", "serve", "worker")]
    assert {"run", "serve", "worker"} <= commands()


def test_all_units_are_shut_in_alike() -> None:
    own = {"ExecStart", "RestartSec", "Nice", "CPUWeight", "KillMode", "TimeoutStopSec"}
    services = [unit(path)["Service"] for path in UNITS]
    first, *others = ({key: value for key, value in one.items() if key not in own} for one in services)
    assert others == [first, first]
    assert first["CapabilityBoundingSet"] == ""
    assert (first["NoNewPrivileges"], first["ProtectSystem"], first["User"]) == ("yes", "strict", "broadsheet")


def test_the_guide_puts_program_and_paper_where_the_units_look_for_them() -> None:
    text = GUIDE.read_text("utf-8")
    for path in UNITS:
        service = unit(path)["Service"]
        assert service["ExecStart"].split()[0] in text
        assert f"init {service['WorkingDirectory']}" in text
        assert service["WorkingDirectory"].startswith(f"/var/lib/{service['StateDirectory']}/")


@pytest.mark.needs("systemd-analyze")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for path in UNITS:
        (tmp_path / path.name).write_text(path.read_text("utf-8").replace(PROGRAM, "/bin/true"), "utf-8")
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *sorted(tmp_path.iterdir())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.returncode, said.stderr) == (0, "")


def test_the_container_file_copies_what_is_there_and_not_ignored() -> None:
    sources = [rest.split()[:-1] for word, rest in instructions() if word == "COPY" and "--from" not in rest]
    named = {name for names in sources for name in names}
    ignored = CONTAINERFILE.with_name("Containerfile.dockerignore").read_text("utf-8").splitlines()
    assert {"pyproject.toml", "uv.lock", "src"} <= named
    assert all((ROOT / name).exists() for name in named)
    assert named == {line.removeprefix("!") for line in ignored if line.startswith("!")}


def test_the_container_runs_as_no_root_with_the_paper_in_a_volume() -> None:
    found = instructions()
    made = [rest.rpartition(" AS ")[2] for word, rest in found if word == "FROM" and " AS " in rest]
    assert [re.findall(r"--from=(\w+)", rest) for word, rest in found if "--from" in rest] == [made]
    last = found[max(number for number, (word, _) in enumerate(found) if word == "FROM") :]
    said = dict(last)
    assert said["USER"] == "broadsheet"
    assert said["VOLUME"] == said["WORKDIR"] == "/paper"
    assert json.loads(said["ENTRYPOINT"]) == ["broadsheet"]
    assert json.loads(said["CMD"])[0] in commands()


def test_the_composition_builds_from_the_project_and_is_reached_from_this_machine_alone() -> None:
    services = compose()["services"]
    folder = PACKAGING / "container"
    assert sorted(services) == ["run", "serve"]
    for service in services.values():
        context = (folder / service["build"]["context"]).resolve()
        assert (context, context / service["build"]["dockerfile"]) == (ROOT, CONTAINERFILE)
        assert service["command"][0] in commands()
        assert service["volumes"] == ["paper:/paper"]
    assert services["serve"]["ports"] == ["127.0.0.1:8080:8080"]
    assert "ports" not in services["run"]


def test_with_postgresql_workers_stand_in_the_place_of_run_and_are_shut_in_alike() -> None:
    alone, more = compose()["services"], compose("compose.postgres.yaml")["services"]
    assert sorted(more) == ["postgres", "run", "serve", "worker"]
    assert more["run"] == {"profiles": ["alone"]}
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    for name in ("serve", "worker"):
        service = more[name]
        assert service["build"]["args"]["EXTRAS"] in extras
        assert {key: service["build"][key] for key in alone["serve"]["build"]} == alone["serve"]["build"]
        assert on_server(service["environment"]["BROADSHEET_STORE"])
        assert service["depends_on"]["postgres"]["condition"] == "service_healthy"
    assert more["worker"]["command"][0] in commands()
    own = {"build", "command", "depends_on", "environment"}
    assert {key: value for key, value in more["worker"].items() if key not in own} == {
        key: value for key, value in alone["run"].items() if key not in own
    }
    assert "ports" not in more["postgres"]


@pytest.mark.needs("nginx")
def test_nginx_understands_its_example_which_says_where_requests_come_from(tmp_path: Path) -> None:
    (server, inside) = re.findall(r"^```nginx\n(.*?)^```$", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in server
    assert "proxy_set_header Host $http_host;" in server
    # The file of passwords need not be there until somebody signs in.
    whole = CERTIFICATES.sub("", server).replace("location / {", f"listen 127.0.0.1:18080; location / {{ {inside}")
    settings = tmp_path / "nginx.conf"
    settings.write_text(NGINX.format(work=tmp_path, server=whole), "utf-8")
    nginx = shutil.which("nginx") or "nginx"
    said = subprocess.run(
        [nginx, "-t", "-c", settings, "-e", tmp_path / "error.log"], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr
