"""The benchmark: its feeds are always the same, its server proves what it answered, its meter misses nobody."""

import gzip
import shutil
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bench import archiveparity, contestants, copies, cost, moving, report, searching, server, web, webload, webpaper
from bench.cost import Cost
from bench.crawl import SEED, Crawl, write_crawl
from bench.edits import EDITS, LANGUAGES, edited, originals
from bench.feeds import FeedFile, make_feed, opml, render, write_feeds
from bench.grouping import Grouping
from bench.measures import AGAIN, COLD, Measured
from bench.news import make_posts, make_words
from bench.planted import Planted
from bench.recall import scanned

from broadsheet.parse import parse_feed, parse_opml
from broadsheet.scale.archive.making import Made, Maker
from broadsheet.scale.archive.units import Unit, plan
from broadsheet.scale.archive.warcs import read_warc

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.no_cover  # it measures the product, whose own tests cover it
BUSY = "import time\nwhile time.process_time() < 0.3: pass"
ORPHAN = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {BUSY!r}])"


@pytest.mark.parametrize(("number", "form"), [(0, "rss"), (7, "atom"), (9, "json")])
def test_feeds_are_the_same_every_time_and_read_without_repair(number: int, form: str) -> None:
    feed = make_feed(number, 5)
    assert feed == make_feed(number, 5)
    parsed = parse_feed(render(feed), base_url=f"http://127.0.0.1/{feed.name}")
    assert parsed.format.startswith(form)
    assert parsed.repairs == ()
    assert [entry.id for entry in parsed.entries] == [item.id for item in feed.items]
    assert [entry.published for entry in parsed.entries] == [item.published for item in feed.items]


def test_a_feed_moves_on_by_new_entries_and_keeps_the_others() -> None:
    before, after = make_feed(3, 5), make_feed(3, 5, bumped=2)
    assert after.items[2:] == before.items[:3]
    assert len(after.items) == 5


def test_only_changed_feeds_are_written_again(tmp_path: Path) -> None:
    feeds = write_feeds(tmp_path, 3, 2)
    moments = [(tmp_path / feed.name).stat().st_mtime_ns for feed in feeds]
    write_feeds(tmp_path, 3, 2, bumped=1)
    again = [(tmp_path / feed.name).stat().st_mtime_ns for feed in feeds]
    assert again[0] != moments[0]
    assert again[1:] == moments[1:]


def test_the_reading_list_names_every_feed_in_its_section() -> None:
    feeds = [make_feed(number, 1) for number in range(20)]
    listed = parse_opml(opml(feeds, "http://127.0.0.1/").encode())
    assert {(one.address, one.section) for one in listed} == {
        (f"http://127.0.0.1/{feed.name}", (feed.section,)) for feed in feeds
    }


@pytest.mark.parametrize("nginx", [pytest.param(True, marks=pytest.mark.needs("nginx")), False])
def test_the_server_gives_validators_and_logs_what_it_answered(
    nginx: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not nginx:
        monkeypatch.setattr("shutil.which", lambda _: None)
    (feed,) = write_feeds(tmp_path, 1, 1)
    with server.serve(tmp_path) as served:
        status, etag = asked(served.address, feed, {})
        assert (status, asked(served.address, feed, {"If-None-Match": etag})[0]) == (200, 304)
        assert served.answers(2) == {"200": 1, "304": 1}


def asked(address: str, feed: FeedFile, headers: dict[str, str]) -> tuple[int, str]:
    connection = HTTPConnection(urlsplit(address).netloc)
    try:
        connection.request("GET", f"/{feed.name}", headers=headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers["ETag"]
    finally:
        connection.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process adopt its grandchildren")
def test_the_meter_counts_orphans() -> None:
    assert cost.run([sys.executable, "-c", ORPHAN]).cost.cpu_s > 0.3


def test_a_contestant_that_fails_fails_the_measure() -> None:
    with pytest.raises(cost.BenchError, match=r"ended with 3:\nsaid why"):
        cost.run([sys.executable, "-c", "print('said why'); raise SystemExit(3)"])


def test_several_runs_are_told_by_their_medians() -> None:
    runs = [Cost(1, 9, 30), Cost(3, 7, 10), Cost(2, 8, 20)]
    assert cost.middle(runs) == Cost(2, 8, 20)
    assert cost.together(runs) == Cost(6, 24, 30)


def test_tables_show_ratios_and_a_block_of_a_page_is_replaced(tmp_path: Path) -> None:
    costs = {"broadsheet": [Cost(2, 1, 50)], "reader": [Cost(10, 9, 40)]}
    measured = Measured(COLD, costs, 100, "posts", "how it was made")
    assert "| reader | 10.00 | 5.00 x | 10 posts | 9.00 | 40 |" in report.table(measured)
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- bench:a -->\nold\n<!-- /bench -->\nafter\n")
    report.write(page, {"a": "new"})
    assert page.read_text() == "before\n<!-- bench:a -->\nnew\n<!-- /bench -->\nafter\n"
    with pytest.raises(ValueError, match="has no block b"):
        report.write(page, {"b": "new"})


def test_every_measure_has_its_block_in_the_documents(tmp_path: Path) -> None:
    words = report.README[ROOT / "README.zh-CN.md"]
    assert {COLD, AGAIN} <= set(words)
    for page, blocks in (
        (report.PAGE, ["a", "b", "c", "c1", "d", "stages", "grouping", "search", "web"]),
        *((page, ["readme"]) for page in report.README),
    ):
        copy = tmp_path / page.name
        copy.write_text(page.read_text("utf-8"), "utf-8")
        report.write(copy, dict.fromkeys(blocks, "new"))


def test_beside_peers_there_are_no_facts_and_no_stories() -> None:
    (ours, *_) = contestants.broadsheets()
    with_facts = contestants.WithFacts(ours)
    shown = {
        name: (one.environ["BROADSHEET_STORIES_ENABLED"], one.environ["BROADSHEET_FACTS_ENABLED"])
        for name, one in (("plain", ours), ("facts", with_facts), ("grouping", Grouping(ours.name, ours.program)))
    }
    assert shown == {"plain": ("false", "false"), "facts": ("false", "true"), "grouping": ("true", "false")}
    assert f"{ours.name}, with facts" == with_facts.name
    costs = {name: [Cost(1.0, 1.0, 1.0)] for name in (ours.name, with_facts.name)}
    assert with_facts.name not in report.summary([Measured(COLD, costs, 1, "posts", "so")], {})


def test_made_up_news_is_always_the_same_and_as_diverse_as_real_news() -> None:
    posts = list(make_posts(30))
    assert posts == list(make_posts(30))
    long = [post.body[:1000] for post in posts if len(post.body) >= 1000]
    assert all(250 < len(set(body)) < 400 for body in long)
    assert "公司" in make_words(100)


def test_a_scan_looks_for_whole_words_and_numbers() -> None:
    assert scanned("phone", cut=False).search("the phone.")
    assert not scanned("phone", cut=False).search("iphone")
    assert scanned("phone", cut=True).search("iphone")
    assert not scanned("299", cut=False).search("1,299")
    assert scanned("车15", cut=False).search("汽车15pro")


def test_what_moving_costs_is_held_to_what_is_promised() -> None:
    steps = [moving.Step("SQLite to a folder", Cost(2.0, 90.0, 96.0), "done")]
    moving.require_small(steps)
    assert "| SQLite to a folder | 1.5 | 2.0 | 96 |" in moving.block(steps, 100)
    with pytest.raises(cost.BenchError, match="SQLite to a folder takes 201 MiB"):
        moving.require_small([steps[0]._replace(cost=Cost(2.0, 90.0, 201.0))])


def test_the_figures_of_search_are_held_to_what_is_promised() -> None:
    good = searching.Measured(1.0, 0.7, "samples", {"newest": [1.0] * 9}, 1.1, [0.5] * 9, 0.1, 1.0)
    searching.require(good)
    assert "| the same, reader 3.26 | 0.1000 |" in searching.block(good, 100)
    assert "PostgreSQL" not in searching.block(good, 100)
    there = searching.OnPostgres(1.0, {"newest": [2.0] * 9}, 3.5, 400.0)
    good = good._replace(on_postgres=there)
    searching.require(good)
    assert "| PostgreSQL: 100 posts stored and indexed, a second | 400 |" in searching.block(good, 100)
    for bad, why in (
        (good._replace(recall=0.99), "finds 0.9900"),
        (good._replace(index_share=1.4), "1.40 times the text"),
        (good._replace(on_postgres=there._replace(recall=0.98)), "on PostgreSQL 0.9800"),
    ):
        with pytest.raises(cost.BenchError, match=why):
            searching.require(bad)


@pytest.mark.parametrize("pause", [0, 0.05])
def test_readers_ask_for_a_page_and_count_what_was_none(pause: float, tmp_path: Path) -> None:
    (feed,) = write_feeds(tmp_path, 1, 1)
    with server.serve(tmp_path) as served:
        read = webload.load(f"{served.address}{feed.name}", 3, 0.2, pause)
        missed = webload.load(f"{served.address}nothing", 3, 0.2, pause)
    assert read.requests > read.failed == 0
    assert 0 < read.p50 <= read.p95 <= read.p99
    assert missed.requests == missed.failed
    assert (read.rate > 0, missed.rate) == (True, 0)
    if pause:
        assert read.requests <= 3 * 0.2 / pause + 3


@pytest.mark.skipif(not shutil.which("wrk"), reason="wrk is not installed: apt-get install wrk")
def test_wrk_tells_what_the_bench_wants_to_know(tmp_path: Path) -> None:
    (feed,) = write_feeds(tmp_path, 1, 1)
    with server.serve(tmp_path) as served:
        read = webload.load(f"{served.address}{feed.name}", 3, 1)
    assert webload.tool() == "wrk"
    assert read.requests > read.failed == 0
    assert 0 < read.p50 <= read.p95 <= read.p99


def test_an_update_that_fails_beside_the_readers_fails_the_measure() -> None:
    def fail() -> None:
        message = "found nothing new"
        raise cost.BenchError(message)

    with pytest.raises(cost.BenchError, match="found nothing new"), webpaper.again_and_again(fail):
        pass
    with webpaper.again_and_again(lambda: None) as took:
        pass
    assert took


@pytest.mark.skipif(sys.platform != "linux", reason="what a process took is read from /proc")
def test_a_paper_is_read_live_while_it_is_updated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "first_paints", lambda _: [31.0])
    measured = web.measure(12, 3, 0.2, tmp_path, peer=False)
    ours = measured.servers[web.OURS]
    assert ours.rounds
    assert ours.cpu_ms
    assert min(ours.front.rate, ours.paced.rate, ours.story.rate, *ours.cpu_ms) > 0
    assert 20 < (ours.peak_mib or 0) < 200
    told = web.block(measured)
    assert "| first paint of the front page, ms | 31 (most 31) |" in told
    assert "12 posts from 3 feeds" in told
    assert "| the same, beside broadsheet | 1.000 x |" in told
    with pytest.raises(cost.BenchError, match="1 requests were not answered"):
        web.require(measured._replace(servers={web.OURS: ours._replace(front=ours.front._replace(failed=1))}))


def test_the_benchmark_still_runs() -> None:
    sizes = ["--feeds", "4", "--entries", "3", "--posts", "12", "--runs", "1"]
    done = subprocess.run(
        [sys.executable, "-m", "bench", "c", "stages", *sizes], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "| broadsheet |" in done.stdout
    assert "| broadsheet, with facts |" in done.stdout
    assert "| parse, decide and clean |" in done.stdout


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("edit", EDITS)
def test_copies_are_found_whatever_was_done_to_them(language: str, edit: str) -> None:
    assert copies.found_share(language, edit, articles=80) >= copies.LEAST_FOUND


def test_articles_that_have_nothing_in_common_are_no_copies() -> None:
    assert copies.false_pairs(articles=80, pairs=1000) == copies.MOST_FALSE


def test_the_articles_are_the_same_every_time() -> None:
    assert originals("zh", 2) == originals("zh", 2)
    assert originals("zh", 2) != originals("zh", 2, seed=8)
    assert edited("en", originals("en", 2), "8 % changed") == edited("en", originals("en", 2), "8 % changed")


def test_copies_are_measured_and_a_broken_promise_is_refused() -> None:
    index = copies.fill_index(2000)
    found = {(language, edit): 1.0 for language in LANGUAGES for edit in EDITS}
    speed = copies.timed(copies.corpus(60))
    assert speed["found"] == 2
    peer = {"sketch": 1.0, "find": 1.0, "found": 2}
    figures = copies.Figures(found, 0, speed, peer, index)
    copies.require(figures)
    assert "| sentences reordered | 1.000 | 1.000 | 0.98 |" in copies.block(figures)
    broken = [
        figures._replace(found=found | {("en", "2 % changed"): 0.9}),
        figures._replace(false_pairs=1),
        figures._replace(planted=Planted(10, recall=0.9, precision=1.0, digest="")),
        figures._replace(million=index | {"p99_ms": 6.0}),
    ]
    for figures in broken:
        with pytest.raises(cost.BenchError):
            copies.require(figures)


def test_a_made_up_crawl_is_the_same_every_time_and_read_as_a_crawl_is(tmp_path: Path) -> None:
    (path,) = write_crawl(tmp_path / "crawl", 1, 30)
    answers = list(Crawl(SEED).records(0, 30))
    assert gzip.decompress(path.read_bytes()) == b"".join(answers)
    assert len(answers) == 61
    found = list(Maker(None).make(read_warc(next(one for one in plan([path]) if isinstance(one, Unit)))))
    assert len(found) == 30
    assert sum(isinstance(one, Made) for one in found) > 20


def test_an_archive_and_a_newspaper_have_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archiveparity, "WAYS", {"a newspaper": "newspaper", "an archive": "processes"})
    monkeypatch.setattr(archiveparity, "_in_its_own_process", archiveparity.find)
    found = archiveparity.measure(tmp_path, 60)
    assert found["a newspaper"].rows == found["an archive"].rows
    assert found["an archive"].rows["revisions"] > found["an archive"].rows["posts"]
    assert "a newspaper" in archiveparity.block(found)
