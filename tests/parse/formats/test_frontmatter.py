"""Front matter: each value read as what it was meant to be."""

import pytest

from broadsheet.parse.formats.frontmatter import read_list, read_paths, read_scalar, split_front_matter, well_quoted


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("plain", "plain"),
        ("  spaced \n", "spaced"),
        ("'it''s'", "it's"),
        ("'it's'", "it's"),
        ("'the boys' toys'", "the boys' toys"),
        ("'A' and 'B'", "'A' and 'B'"),
        ('"A" and "B"', '"A" and "B"'),
        ('"say "hi" now"', 'say "hi" now'),
        ('"tab\\there \\u6807\\x41\\U0001F600 \\ud83d\\ude00 \\q \\U00110000"', "tab\there 标A😀 😀 \\q \ufffd"),
        ('"""""""\'x\'"""""""', "x"),
        ('""""it\'s""""', "it's"),
        ('""', ""),
        ("''", ""),
        ("'", "'"),
        ('"', '"'),
        ("'open", "'open"),
        ("'quoted' # comment", "quoted"),
        ("C# 语言 #标签", "C# 语言 #标签"),
        ("a: b: c", "a: b: c"),
        ("[图]新闻", "[图]新闻"),
        ("~", ""),
        ("null", ""),
        ("'null'", "null"),
        ("over\n   \n   lines", "over lines"),
        ("'over\n  lines'", "over lines"),
        ("|\n  kept\n  here", "kept here"),
        (">-\n  folded\n  here\n", "folded here"),
        ("> quoted mail", "> quoted mail"),
    ],
)
def test_a_scalar_is_read_as_a_person_reads_it(raw: str, text: str) -> None:
    assert read_scalar(raw) == text


@pytest.mark.parametrize(
    ("raw", "paths"),
    [
        ("", ()),
        ("one", (("one",),)),
        ("[a, b]", (("a", "b"),)),
        ("[]", ()),
        ("['a, b', \"c]\", d e]", (("a, b", "c]", "d e"),)),
        ("[[a, b], [c]]", (("a", "b"), ("c",))),
        ("[a, [b, [c]], d]", (("a",), ("b", "c"), ("d",))),
        ("]]", (("]]",),)),
        ("[a]]", (("a",),)),
        ("\n- a\n- b", (("a", "b"),)),
        ("\n    - a\n\n    - 'b'\n", (("a", "b"),)),
        ("\n- [a, b]\n- [c]", (("a", "b"), ("c",))),
        ("\n- - a\n  - b\n- c", (("a", "b"), ("c",))),
        ("\n-\n  - a\n  - b\n-\n  - c", (("a", "b"), ("c",))),
        ("\n- a\n  - b", (("a", "b"),)),
        ("\n-\n- ", ()),
        ("\n- a\n  stray", (("a",),)),
    ],
)
def test_a_list_is_read_as_paths(raw: str, paths: tuple[tuple[str, ...], ...]) -> None:
    assert read_paths(raw) == paths


def test_a_flat_list_names_each_item_once() -> None:
    assert read_list("[a, b, a]") == ("a", "b")


@pytest.mark.parametrize(("raw", "well"), [("a", True), ("'a'", True), ('"a" # b', True), ("'a'b'", False)])
def test_ill_set_quotes_are_seen(raw: str, well: bool) -> None:
    assert well_quoted(raw) is well


def test_a_file_is_taken_apart() -> None:
    front = split_front_matter('\n \n--- \n"Title": x\nNBS: y\n# no\nlower-case: z\ntitle: w\n-----\n---\nbody', "n")
    assert front.fields == {"title": "x\nNBS: y", "lower-case": "z"}
    assert (front.lead, front.body) == ("\n \n", "---\nbody")


def test_lines_before_the_first_key_are_nobodys() -> None:
    assert split_front_matter("---\nstray\na: b\n---", "n").fields == {"a": "b"}
