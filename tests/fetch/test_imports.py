import subprocess
import sys


def test_fetching_loads_no_parser_and_no_templates() -> None:
    code = (
        "import sys, broadsheet.fetch; print(*{'lxml', 'selectolax', 'jinja2', 'nh3', 'sqlite3'} & set(sys.modules))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert loaded == []
