"""`./run fuzz [TARGET ...] [--seconds N]`: fuzz each target from our own golden cases on, and say what was found."""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.imaging.pictures import KINDS, exif, picture

HERE = Path(__file__).parent
ROOT = HERE.parent
GOLDEN = ROOT / "tests" / "parse" / "golden" / "feeds"
LEXICONS = ROOT / "src" / "broadsheet" / "annotate" / "lexicon"
PAGES = ROOT / "tests" / "clean" / "pages"
KEPT = ROOT / ".tools" / "fuzz-found"
TARGETS = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("__"))
LIMITS = ("-max_len=8192", "-timeout=20", "-rss_limit_mb=2048", "-print_final_stats=1")
WORDS = (
    "<item>", "</item>", "<entry>", "</entry>", "<title>", "</title>", "<link>", "<description>", "<content:encoded>",
    "<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE", "<?xml", "xmlns:", "xml:base=", "&amp;", "&nbsp;", "&#", "<br>",
    "encoding=", "gb2312", "rdf:RDF", "type=", "xhtml", "base64", "items", "content_html",
)  # fmt: skip


def arguments(given: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="./run fuzz", description="Fuzz the doors that strangers' bytes come in by."
    )
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"{', '.join(TARGETS)}; without: all of these")
    parser.add_argument("--seconds", type=int, default=60, metavar="N", help="for each target; default 60")
    chosen = parser.parse_args(given)
    if unknown := set(chosen.targets) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}; there are {' '.join(TARGETS)}")
    return chosen


def seed(target: str) -> Path:
    """Put golden cases, small pictures or examples where a target begins; what it learned there before is kept."""
    folder = KEPT / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    if target == "copy_image":
        for kind in KINDS:
            body = picture(kind) if kind == "bmp" else picture(kind, exif=exif())
            (folder / f"drawn.{kind}").write_bytes(body)
        return folder
    if target == "annotate_post":
        for path in LEXICONS.glob("*.tsv"):
            for number, line in enumerate(path.read_bytes().splitlines()):
                (folder / f"{path.stem}.{number}").write_bytes(b"\x00" + line.rpartition(b"\t")[2])
        return folder
    lead = b"\x00" if target == "decode" else b""  # its first byte chooses a charset
    for path in (PAGES if target == "clean_article" else GOLDEN).iterdir():
        if path.suffix != ".json":
            (folder / path.name).write_bytes(lead + path.read_bytes())
    return folder


def dictionary() -> Path:
    """Write the words that a fuzzer would need long to find."""
    file = KEPT / "words.dict"
    file.write_text("".join(f'"{word}"\n' for word in WORDS).replace('="', '=\\x22"'))
    return file


def fuzz(target: str, seconds: int) -> bool:
    """Run one target; tell whether it held."""
    crashes = KEPT / "crashes" / target
    crashes.mkdir(parents=True, exist_ok=True)
    folder = seed(target)
    command = [sys.executable, "-m", f"fuzz.{target}", str(folder), f"-dict={dictionary()}", *LIMITS]
    command += [f"-max_total_time={seconds}", f"-artifact_prefix={crashes}/"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def main() -> int:
    """Run the targets one after another."""
    chosen = arguments(sys.argv[1:])
    broken = [target for target in chosen.targets or TARGETS if not fuzz(target, chosen.seconds)]
    for target in broken:
        print(f"fuzz: {target} broke; make {KEPT / 'crashes' / target} a golden case of its room, and mend it")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
