"""The sample edition is what it claims to be, broken where it says so and nowhere else."""

import csv
import json
import re
import struct
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import pytest
from lxml import etree

from broadsheet.demo.sample import MOMENTS, State, documents, pictures, sample_feeds, subscriptions

IMAGES = "http://127.0.0.1:8080/demo-img/"
STATES: tuple[State, ...] = ("morning", "evening")
ROOTS = {
    "jiangan.xml": "rss",
    "jinglun.xml": "rss",
    "ostrava.xml": "rss",
    "nanqiao.xml": "{http://www.w3.org/2005/Atom}feed",
    "harbour.xml": "{http://www.w3.org/2005/Atom}feed",
    "chenzhou.rdf": "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF",
}
COPIES = [
    ("chenzhou.example/n/90733.htm", "jiangan-20220826-0417"),
    ("nanqiao.example,2022:0826-auto", "jiangan-20220826-0417"),
    ("88121", "jiangan-20220826-0417"),
    ("jiangan-20220826-0388", "chenzhou.example/n/90718.htm"),
    ("jiangan-20220826-0391", "jinglun.example/2022/hemu-lamps"),
    ("nanqiao.example,2022:0825-qinghe", "jinglun.example/2022/qinghe-d"),
    ("zhigeng-2106", "nanqiao.example,2022:0826-haijia"),
    ("zhigeng-2111", "nanqiao.example,2022:0826-loomi-denied"),
    ("chenzhou.example/n/90729.htm", "jiangan-20220826-0433"),
    ("88115", "jiangan-20220826-0433"),
    ("chenzhou.example/n/90724.htm", "jiangan-20220826-0402"),
    ("88112", "jiangan-20220826-0421"),
]
REPORTS = [
    ("jinglun.example/2022/xiaomi-baic", "jiangan-20220826-0417"),
    ("88102", "jinglun.example/2022/hemu-lamps"),
    ("jinglun.example/2022/lanjiang-storage", "jiangan-20220826-0433"),
    ("zhigeng-2105", "chenzhou.example/n/90718.htm"),
    ("jiangan-20220826-0488", "nanqiao.example,2022:0826-haijia-signed"),
]
HOSTILE = [
    "<script", "onerror=", "onclick=", "onload=", "javascript:", "data:text/html", "<iframe", "<form", "<svg",
    "<object", "http-equiv", "<base ", "<math>", "<style>", "{{ 7*7 }}", "{% for", "{% raw %}", "track.php",
    'width="1" height="1"', "data-original=", "srcset=", "utm_source=", "fbclid=", "audio/mpeg", "&nbsp;",
]  # fmt: skip


class Sample(Protocol):
    """An entry as `conftest.py` reads it."""

    file: str
    id: str
    title: str
    body: str
    source: str
    text: str


Entries = dict[State, list[Sample]]
Find = Callable[[str], Sample]


def carried(copy: str, original: str, size: int = 8) -> float:
    """How much of one text stands in another, 0 to 1, by runs of `size` characters."""
    ours, theirs = ({dense[i : i + size] for i in range(len(dense))} for dense in map(squeeze, (copy, original)))
    return len(ours & theirs) / len(ours)


def squeeze(text: str) -> str:
    return "".join(text.split())


def test_nine_addresses_are_subscribed_and_eight_have_a_feed() -> None:
    wishes = subscriptions("http://127.0.0.1:9/")
    assert [wish.address for wish in wishes if "donghu" in wish.address] == ["http://127.0.0.1:9/feeds/donghu.xml"]
    assert len({wish.address for wish in wishes}) == len(wishes) == 9
    assert len(documents("morning", IMAGES)) == 8


def test_every_subscription_has_a_name_and_a_nested_section() -> None:
    wishes = subscriptions("http://127.0.0.1:9/")
    assert all(wish.name and len(wish.section) >= 2 for wish in wishes)
    assert {wish.section[0] for wish in wishes} == {"新媒体", "科技", "汽车", "English"}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("file", ROOTS)
def test_a_document_is_the_format_it_is_said_to_be(file: str, state: State) -> None:
    assert etree.fromstring(documents(state, IMAGES)[file].body).tag == ROOTS[file]


@pytest.mark.parametrize("state", STATES)
def test_the_json_feed_names_its_version(state: State) -> None:
    feed = json.loads(documents(state, IMAGES)["zhigeng.json"].body)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"


def test_one_feed_is_not_well_formed_and_has_one_bad_byte() -> None:
    body = documents("morning", IMAGES)["chengdong.xml"].body
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(body)
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    assert body.decode("utf-8", "replace").count("\ufffd") == 1


def test_one_feed_is_gb18030_although_its_server_says_utf_8() -> None:
    document = documents("morning", IMAGES)["chenzhou.rdf"]
    assert document.type.endswith("charset=utf-8")
    with pytest.raises(UnicodeDecodeError):
        document.body.decode("utf-8")
    with pytest.raises(UnicodeDecodeError):
        document.body.decode("gbk")
    assert "𬱖" in document.body.decode("gb18030")


def test_the_morning_and_the_whole_day_are_of_the_size_promised(entries: Entries) -> None:
    morning, day = entries["morning"], {entry.source for state in STATES for entry in entries[state]}
    assert len(morning) == 57
    assert len(day) - 1 == 66  # one entry stands in both states in two versions


def test_only_four_feeds_differ_in_the_evening() -> None:
    morning, evening = (documents(state, IMAGES) for state in STATES)
    changed = {file for file in morning if morning[file] != evening[file]}
    assert changed == {"jiangan.xml", "nanqiao.xml", "harbour.xml", "zhigeng.json"}
    assert {evening[file].modified for file in changed} == {MOMENTS["evening"]}
    assert {evening[file].modified for file in morning.keys() - changed} == {MOMENTS["morning"]}


def test_the_evening_brings_a_denial_a_completion_and_a_signature(entries: Entries) -> None:
    known = {entry.id for entry in entries["morning"]}
    titles = " ".join(entry.title for entry in entries["evening"] if entry.id not in known)
    assert len({entry.id for entry in entries["evening"]} - known) == 9
    for word in ("否认", "没有向云汀光电出售", "完成D轮融资", "签了", "北汽蓝谷涨停"):
        assert word in titles


def test_one_article_is_edited_without_a_word(entries: Entries) -> None:
    before, after = (next(entry for entry in entries[state] if entry.id.endswith(":0826-auto")) for state in STATES)
    assert "35%" in before.text
    assert "35%" not in after.text
    assert before.title != after.title
    assert re.findall("<updated>.*", before.source) == re.findall("<updated>.*", after.source)


@pytest.mark.parametrize(("copy", "original"), COPIES)
def test_a_copy_carries_at_least_four_fifths_of_its_text(find: Find, copy: str, original: str) -> None:
    assert carried(find(copy).text, find(original).text) >= 0.8


@pytest.mark.parametrize(("report", "other"), REPORTS)
def test_an_independent_report_shares_next_to_nothing(find: Find, report: str, other: str) -> None:
    assert carried(find(report).text, find(other).text) < 0.2


def test_english_copies_carry_their_wire(find: Find, entries: Entries) -> None:
    ours = [entry for entry in entries["morning"] if entry.file == "ostrava.xml" and "Abroad" in entry.source]
    wires = [find("/id/xiaomi-baic-talks").text, find("/id/northgate-tea").text]
    assert all(max(carried(entry.text, wire) for wire in wires) >= 0.8 for entry in ours)
    assert len(ours) == 2


@pytest.mark.parametrize("sign", HOSTILE)
def test_every_kind_of_trouble_is_there(entries: Entries, sign: str) -> None:
    assert any(sign in entry.source.replace("&lt;", "<").replace('\\"', '"') for entry in entries["morning"])


def test_a_guid_is_used_twice_once(entries: Entries) -> None:
    assert [guid for guid, uses in Counter(entry.id for entry in entries["morning"]).items() if uses > 1] == ["88077"]


def test_one_entry_has_no_date_one_no_body_and_one_only_an_image(find: Find) -> None:
    assert "dc:date" not in find("/n/90001.htm").source
    assert find("88110").text == ""
    assert find("/picture-34").text.strip() == ""
    assert "&lt;img " in find("/picture-34").body


def test_one_date_is_beijing_time_called_gmt(find: Find) -> None:
    said = datetime.strptime("Fri, 26 Aug 2022 11:38:00 GMT", "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
    assert f"<pubDate>{said:%a, %d %b %Y %H:%M:%S} GMT" in find("jiangan-20220826-0440").source
    assert said > MOMENTS["evening"]


def test_the_long_read_has_every_kind_of_block(find: Find) -> None:
    read = find("zhigeng-2101")
    assert all(f"<{block}" in read.body for block in ("h2", "ol", "table", "pre", "blockquote"))
    assert len(squeeze(read.text)) >= 1500


@pytest.mark.parametrize("state", STATES)
def test_every_picture_asked_for_is_one_of_ours(state: State) -> None:
    names = set(pictures())
    for document in documents(state, IMAGES).values():
        asked = re.findall(re.escape(IMAGES).encode() + rb"([a-z.]*)", document.body)
        assert {name.decode() for name in asked} <= names
        assert b"plates.example" not in document.body


def test_pictures_are_plates_of_one_size_and_a_few_kilobytes() -> None:
    for body in pictures().values():
        assert body.startswith(b"\x89PNG\r\n\x1a\n")
        assert struct.unpack(">II", body[16:24]) == (1200, 675)
        assert len(body) < 40_000
    assert len(pictures()) == 8


def test_no_address_leads_to_a_real_outlet(entries: Entries) -> None:
    hosts = {
        host
        for state in STATES
        for entry in entries[state]
        for host in re.findall(r"https?(?:://|%3A%2F%2F)([\w.-]+)", entry.source)
    }
    assert {host for host in hosts if not host.endswith(".example")} == {"c.duomai.com", "www.w3.org"}


def test_every_document_on_disk_is_on_the_reading_list() -> None:
    files = {feed.file for feed in sample_feeds() if not feed.gone}
    folder = resources.files("broadsheet.demo") / "feeds"
    for state in STATES:
        assert {item.name for item in (folder / state).iterdir()} <= files
    assert {item.name for item in (folder / "morning").iterdir()} == files


def bars() -> list[dict[str, str]]:
    with (resources.files("broadsheet.demo") / "prices.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_every_bar_is_measured_against_the_close_before_it() -> None:
    for before, after in pairwise(bars()):
        assert before["security"] != after["security"] or before["close"] == after["prev_close"]


def test_the_bars_hold_together_and_say_where_they_are_from() -> None:
    for bar in bars():
        low, high = float(bar["low"]), float(bar["high"])
        assert low <= min(float(bar["open"]), float(bar["close"]))
        assert high >= max(float(bar["open"]), float(bar["close"]))
        assert bar["source"]


def test_the_bars_are_those_of_the_model_story(shared: Path) -> None:
    story = json.loads((shared / "data/market/prices/model_story_2022-08-26.json").read_text("utf-8"))
    of_the_day = [bar for bar in bars() if bar["date"] == story["story_date"]]
    assert {bar["security"] for bar in of_the_day} == set(story["bars"])
    for bar in of_the_day:
        measured = story["bars"][bar["security"]]
        assert {key: float(bar[key]) for key in measured} == pytest.approx(measured, abs=5e-5)


def runs(text: str, size: int) -> set[str]:
    """Every run of `size` Chinese characters with nothing between them."""
    stretches = re.findall(rf"[\u4e00-\u9fff]{{{size},}}", text)
    return {stretch[i : i + size] for stretch in stretches for i in range(len(stretch) - size + 1)}


def test_the_words_are_our_own(shared: Path, entries: Entries) -> None:
    sources = [shared / "data/seed/post.md", *sorted((shared / "data/posts/raw").iterdir())]
    theirs = set().union(*(runs(source.read_text("utf-8", "replace"), 14) for source in sources))
    ours = {entry.id: runs(entry.title + "\n" + entry.text, 14) for state in STATES for entry in entries[state]}
    assert {name: shared_runs for name, found in ours.items() if (shared_runs := found & theirs)} == {}


def test_the_states_follow_each_other() -> None:
    assert all(earlier < later for earlier, later in pairwise(MOMENTS[state] for state in STATES))
