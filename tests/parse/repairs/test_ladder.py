"""The ladder keeps its time and its text on the worst of documents."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.errors import FeedError
from broadsheet.parse import parse_feed
from broadsheet.parse.repairs.ladder import parse_mended
from broadsheet.parse.repairs.mend import REPAIRS, flatten
from broadsheet.parse.repairs.sections import sections

HOSTILE = {
    "deep": "<rss><channel><item><title>t</title><description>" + "<c>" * 200_000 + "x" + "</c>" * 200_000,
    "unclosed": "<rss><channel><item>" + "<c>" * 200_000,
    "cdata": "<rss>" + "<![CDATA[" * 100_000,
    "comments": "<rss>" + "<!--" * 100_000,
    "prolog": "<!---->" * 100_000 + "<!DOCTYPE",
    "doctypes": "<!DOCTYPE [" * 50_000,
    "less-than": "<rss>" + "<" * 500_000,
    "ampersands": "<rss>" + "&" * 500_000,
    "tags": "<rss>" + "<a " * 200_000,
    "attributes": "<rss " + " ".join(f'a{number}="x"' for number in range(50_000)) + "><channel><item/></channel>",
    "names": "<rss>" + "<" + "a" * 500_000,
    "spaces": "<rss>" + "<a" + " " * 200_000,
    "cdata-entries": "<rss>" + "<title><![CDATA[</item>" * 20_000 + "]]>",
    "titles": "<rss><item>" + "<c>" * 20_000 + "<title></title>" * 20_000 + "</c>" * 20_000 + "<d>",
    "stray-ends": "<rss>" + "</item> " * 50_000 + "<b>",
    "prefixes": "<rss>" + "".join(f"<a{number}:b/>" for number in range(20_000)),
    "quotes": "<rss>" + "<a '\"<a '\"< " * 50_000,
    "entries": "<rss><channel>" + "<item/>" * 30_000,
}


@pytest.mark.no_cover  # its time is the point, and coverage doubles it
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_ends_soon(name: str) -> None:
    """Each of these took minutes with one careless regular expression; a hang fails the whole run."""
    with suppress(FeedError):
        parse_feed(HOSTILE[name].encode(), originals=True)


def test_too_many_entries_are_cut_and_counted() -> None:
    parsed = parse_feed(b"<rss><channel>" + b"<item/>" * 20_001 + b"</channel></rss>")
    assert (len(parsed.entries), parsed.repairs) == (20_000, ("entries-dropped:1",))


def test_a_document_of_namespaces_gives_no_originals() -> None:
    declared = " ".join(f'xmlns:n{number}="urn:{number}"' for number in range(300))
    body = f"<rss {declared}><channel><item/></channel></rss>".encode()
    assert len(parse_feed(body).entries) == 1
    with pytest.raises(FeedError, match="300 namespaces"):
        parse_feed(body, originals=True)


@pytest.mark.parametrize("text", ["<?xml ?>", "<<<", "< rss", "<!-- only -->", "<?xml version='1.0'?>"])
def test_what_cannot_be_saved_is_no_feed(text: str) -> None:
    with pytest.raises(FeedError) as caught:
        parse_feed(text.encode())
    assert caught.value.reason == "not-a-feed"


def test_text_over_ten_megabytes_is_read() -> None:
    body = f"<rss><channel><item><title>{'长' * 3_500_000}</title></item></channel></rss>".encode()
    assert len(parse_feed(body).entries[0].title or "") == 3_500_000


def test_flattening_keeps_the_text() -> None:
    text = "<a>" * 250 + "core<br/>" + "</a>" * 250
    flat = flatten(text)
    assert flat.count("<a>") == flat.count("</a>") == 200
    assert "core" in flat


def test_sections_join_to_the_whole() -> None:
    text = "a<![CDATA[x]]><![CDATA[y]]><!-- c --><!DOCTYPE z><b>"
    assert "".join(piece for _, piece in sections(text)) == text
    assert [kind for kind, _ in sections(text)] == ["text", "cdata", "cdata", "comment", "text"]


words = st.sampled_from(
    ["<item>", "</item>", "<title>", "</title>", "&nbsp;", "&", "<![CDATA[", "]]>", "<!--", "-->", "中文", "<b", ">",
     "<dc:x>", "&#0;", "\x01", "\ud800", "<!DOCTYPE a [", "]", '"', " a=b ", "&#X41;", "&#1114112;", "</rss>"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(words, max_size=25).map("".join))
def test_a_repair_done_twice_changes_nothing_more(text: str) -> None:
    for name, mend in REPAIRS:
        once = mend(f"<rss>{text}")
        assert name == "doctype-removed" or mend(once) == once, name


@settings(max_examples=150)
@given(st.lists(words, max_size=25).map("".join))
def test_well_formed_entries_before_the_damage_survive(damage: str) -> None:
    text = f"<rss><channel><item><title>first</title></item>{damage}"
    try:
        root = parse_mended(text).root
    except FeedError:
        return
    assert "first" in "".join(str(part) for part in root.itertext())


def test_a_huge_document_may_nest_deeper_and_still_ends() -> None:
    name = "{http://www.itunes.com/dtds/podcast-1.0.dtd}category"
    inner = f'<c xmlns="{name[1:-9]}" text="x">'.replace("<c ", "<category ") * 2_000 + "</category>" * 2_000
    padding = "长" * 3_500_000
    body = f"<rss><channel>{inner}<channel><item><title>{padding}</title></item></channel></channel></rss>"
    parsed = parse_feed(body.encode(), originals=True)
    assert len(parsed.categories) == 1


def test_references_that_no_repair_could_reach_become_text() -> None:
    body = b"""<rss><channel><item><title>t</title>
      <description a="<![CDATA[">a&nbsp;b<i/>&copy;c&#1;]]></description></item></channel></rss>"""
    (entry,) = parse_feed(body, originals=True).entries
    assert (entry.summary or "").startswith("a\xa0b<i></i>\xa9")


def test_an_entry_for_a_root_keeps_what_is_nested_in_it() -> None:
    parsed = parse_feed(b"<item><title>one</title><item><title>two</title>")
    assert "recovered" in parsed.repairs
    assert "one" in str(parsed)


def test_an_envelope_writes_prefixed_and_odd_start_tags_again() -> None:
    body = (
        b'<a:rss xmlns:a="http://backend.userland.com/rss2" xmlns:b="urn:\xc4\x80" b:c="&lt;&#10;" xml:lang="zh">'
        b"<a:channel><a:item><a:title>T</a:title></a:item></a:channel></a:rss>"
    )
    (entry,) = parse_feed(body, originals=True).entries
    assert entry.original is not None
    assert b'b:c="&lt;&#10;"' in entry.original
    assert parse_feed(entry.original, originals=True).entries == (entry,)


def test_entities_survive_where_libxml2_has_met_an_error() -> None:
    """The last rung: one attribute under two prefixes of one namespace, which no repair before looks for."""
    body = b"""<rss><channel><item><a:b xmlns:a="urn:a" xmlns:c="urn:a" a:d="1" c:d="2"/><title>x<b></title>
      <link>https://a.example/?a=1&amp;b=2</link><description>&lt;p&gt;&quot;x&quot;</description></item></channel></rss>"""
    parsed = parse_feed(body)
    (entry,) = parsed.entries
    assert (entry.link, entry.summary) == ("https://a.example/?a=1&b=2", '<p>"x"')
    assert parsed.repairs == ("recovered",)


def test_a_reference_that_was_in_cdata_only_by_its_looks_is_read_as_any_other() -> None:
    feed = parse_feed(b"<rss<![CDATA[<title<!--<item><title>It&#146;s</item>")
    assert [entry.title for entry in feed.entries] == ["It’s"]


def test_what_an_attribute_says_declares_nothing() -> None:
    (entry,) = parse_feed(b'<rss v=" xmlns:dc=><item><t><dc:e></title<rss>s<title>', originals=True).entries
    assert entry.original is not None
    assert b"<dc:e/>" in entry.original
    assert parse_feed(entry.original, originals=True).entries == (entry,)
