"""Post files in, and out again: byte for byte in the classic form, and only what changed."""

import os
import socket
from pathlib import Path

import lxml.html
import pytest
from tests.pipeline.outlet import START, Outlet, follow_all, rss

from broadsheet.errors import ConfigError, NotFoundError, PublishError
from broadsheet.model import ImageCopy, Paper
from broadsheet.pipeline.build import build
from broadsheet.pipeline.images import list_images
from broadsheet.pipeline.means import Means
from broadsheet.pipeline.postfiles import export_posts, import_posts
from broadsheet.pipeline.update import update
from broadsheet.publish.postfiles import FORMS, Form
from broadsheet.store import Store

GOLDEN = sorted((Path(__file__).parent / "golden" / "classic").glob("*.md"))


def post_file(title: str, body: str = "一") -> str:
    return f"---\ntitle: '{title}'\ncategories:\n - 科技\ndate: Sun, 22 Nov 2026 08:00:00 GMT\n---\n\n<p>{body}</p>\n"


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_a_classic_file_comes_out_as_it_came_in(store: Store, tmp_path: Path, file: Path) -> None:
    assert import_posts(store, [file], START).new == 1
    export_posts(store, tmp_path / "out", "classic")
    (written,) = (tmp_path / "out").rglob("*.md")
    assert written.read_bytes() == file.read_bytes()


def test_the_model_post_and_its_relatives_come_out_as_they_came_in(
    store: Store, tmp_path: Path, shared: Path
) -> None:
    files = [shared / "data/seed/post.md", *sorted((shared / "data/posts/raw").glob("*.md"))]
    report = import_posts(store, files, START)
    assert (report.files, report.new, report.refused) == (len(files), len(files), ())
    export_posts(store, tmp_path / "out", "classic")
    written = sorted(file.read_bytes() for file in (tmp_path / "out").rglob("*.md"))
    assert written == sorted(file.read_bytes() for file in files)


def test_the_model_post_is_published_with_its_figures_and_a_direct_link(
    store: Store, tmp_path: Path, shared: Path
) -> None:
    import_posts(store, [shared / "data/seed/post.md"], START)
    build(store, Paper(title="对开"), tmp_path / "site", START)
    (page,) = (tmp_path / "site" / "p").rglob("index.html")
    article = lxml.html.document_fromstring(page.read_bytes())
    pictures = [picture for figure in article.iter("figure") for picture in figure.iter("img")]
    captions = [caption for figure in article.iter("figure") for caption in figure.iter("figcaption")]
    assert (len(pictures), sum(bool((caption.text or "").strip()) for caption in captions)) == (4, 4)
    assert all("/thumb/" not in picture.get("src", "/thumb/") for picture in pictures)
    links = [link.get("href", "") for link in article.iter("a")]
    assert any(link.startswith("https://list.jd.com/") for link in links)
    assert not any("duomai" in link for link in links)
    assert all("".join(map(str, paragraph.itertext())).strip() for paragraph in article.iter("p"))


def test_an_imported_post_is_a_post_like_any_other(store: Store) -> None:
    import_posts(store, GOLDEN, START)
    quoted = next(feed for feed in store.feeds() if feed.section == ("新媒体", "样刊", "最新"))
    assert (quoted.state.standing, quoted.state.format) == ("imported", "post-file")
    (hit,) = store.search(f"三年前已签协议 feed:{quoted.id}", limit=1)
    post = store.post(hit.id)
    assert post.id.startswith("20261123-")
    assert "净化器" in post.text
    assert "script" not in post.html


def test_imported_feeds_are_never_polled(store: Store, means: Means) -> None:
    import_posts(store, GOLDEN, START)
    assert update(store, means).polled == 0
    assert update(store, means, [feed.id for feed in store.feeds()]).polled == 0


def test_a_second_import_keeps_nothing_twice(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(post_file("甲"), "utf-8")
    assert import_posts(store, [tmp_path], START).new == 1
    again = import_posts(store, [tmp_path], START)
    assert (again.files, again.new, again.edited, again.known) == (1, 0, 0, 1)
    assert len(store.refs()) == 1


def test_an_edited_file_makes_a_revision(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(post_file("甲", "正在洽谈"), "utf-8")
    import_posts(store, [file], START)
    file.write_text(post_file("甲", "否认洽谈"), "utf-8")
    report = import_posts(store, [file], START)
    (ref,) = store.refs()
    assert (report.new, report.edited, report.known) == (0, 1, 0)
    assert (store.post(ref.id).revision, len(store.revisions(ref.id))) == (2, 2)


def test_a_folder_is_read_whole_and_only_its_post_files(store: Store, tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    for name in ("b.md", "deep/a.html", "deep/er/c.markdown", "deep/er/c.png", ".hidden"):
        (tmp_path / name).write_text(post_file(name), "utf-8")
    assert import_posts(store, [tmp_path], START).new == 3


def test_many_files_are_stored_in_groups(store: Store, tmp_path: Path) -> None:
    for number in range(410):
        (tmp_path / f"{number}.md").write_text(post_file(f"第{number}篇"), "utf-8")
    report = import_posts(store, [tmp_path], START)
    assert (report.files, report.new, len(store.refs())) == (410, 410, 410)


def test_what_is_no_post_file_is_refused_by_name_and_costs_the_others_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("no front matter", "utf-8")
    (tmp_path / "b.md").write_text(post_file("乙"), "utf-8")
    (tmp_path / "c.md").write_bytes(b"")
    report = import_posts(store, [tmp_path], START)
    assert (report.files, report.new, report.known) == (3, 1, 0)
    assert [one.path for one in report.refused] == [str(tmp_path / "a.md"), str(tmp_path / "c.md")]
    assert "front matter" in report.refused[0].cause
    assert "a.md" not in report.refused[0].cause


def test_an_unreadable_file_is_refused_by_name(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text(post_file("甲"), "utf-8")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(tmp_path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    report = import_posts(store, [tmp_path], START)
    assert [one.cause for one in report.refused] == ["cannot be read: Permission denied"]


def test_a_path_that_is_not_there_is_said_before_anything_is_read(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(post_file("甲"), "utf-8")
    with pytest.raises(NotFoundError, match="nowhere: no such file or folder"):
        import_posts(store, [tmp_path, tmp_path / "nowhere"], START)
    assert store.refs() == []


def test_a_folder_of_nothing_is_fine(store: Store, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.fspath(tmp_path / "s.md"))
        assert import_posts(store, [tmp_path], START).files == 0


def test_an_export_writes_only_what_changed(store: Store, means: Means, outlet: Outlet, tmp_path: Path) -> None:
    follow_all(store, outlet.put("/a", rss(("甲", "一"), ("乙", "二"))))
    update(store, means)
    first = export_posts(store, tmp_path / "out", "hexo")
    again = export_posts(store, tmp_path / "out", "hexo")
    assert (first.written, first.unchanged, again.written, again.unchanged) == (2, 0, 0, 2)


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_second_export_touches_no_file(store: Store, tmp_path: Path, form: str) -> None:
    import_posts(store, GOLDEN, START)
    export_posts(store, tmp_path / "out", form)
    for file in (tmp_path / "out").iterdir():
        os.utime(file, ns=(1_000, 1_000))
    report = export_posts(store, tmp_path / "out", form)
    assert (report.written, report.unchanged, report.bytes_written) == (0, len(GOLDEN), 0)
    assert {file.stat().st_mtime_ns for file in (tmp_path / "out").iterdir()} == {1_000}


def test_copies_of_images_stand_beside_the_posts_and_are_put_there_once(
    store: Store, means: Means, outlet: Outlet, tmp_path: Path
) -> None:
    addresses = [f"https://img.example.org/{number}.jpg" for number in range(3)]
    body = "".join(f"<p>甲<img src='{address}'></p>" for address in addresses)
    follow_all(store, outlet.put("/a", rss(("甲", body), ("乙", body))))
    update(store, means)
    archive, out = tmp_path / "archive", tmp_path / "out"
    for letter, address in zip("ab", addresses, strict=False):
        copy = ImageCopy(hash=letter * 64, kind="jpg", width=4, height=3, size=4, phash="0" * 16)
        list_images(store, means)
        store.images.keep(address, copy, 4, START)
        if letter == "a":
            (archive / "aa").mkdir(parents=True)
            (archive / copy.path()).write_bytes(b"1234")
    first = export_posts(store, out, "markdown", archive)
    assert (first.written, first.unchanged) == (3, 0)
    assert (out / "img" / "aa" / f"{'a' * 64}.jpg").read_bytes() == b"1234"
    for file in out.glob("*.md"):
        text = file.read_text("utf-8")
        assert f"](img/aa/{'a' * 64}.jpg)" in text
        assert all(f"]({address})" in text for address in addresses[1:])
    again = export_posts(store, out, "markdown", archive)
    assert (again.written, again.unchanged) == (0, 2)


def test_a_post_that_would_not_read_back_is_named_and_the_others_are_written(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_posts(store, GOLDEN, START)
    bad = store.refs()[0].id
    usual = FORMS["hexo"].render
    lossy = Form(
        FORMS["hexo"].file_name, lambda post, feed: "---\nid: x\n---\n" if post.id == bad else usual(post, feed)
    )
    monkeypatch.setitem(FORMS, "hexo", lossy)
    with pytest.raises(PublishError, match=bad):
        export_posts(store, tmp_path, "hexo")
    assert len(list(tmp_path.glob("*.html"))) == len(GOLDEN) - 1


@pytest.mark.parametrize("form", ["hexo", "hugo", "jekyll", "zola", "astro", "eleventy"])
def test_no_template_engine_finds_work_in_a_post(store: Store, tmp_path: Path, form: str) -> None:
    import_posts(store, GOLDEN, START)
    assert export_posts(store, tmp_path / "out", form).written == len(GOLDEN)
    for file in (tmp_path / "out").rglob("*"):
        if file.is_file():
            body = file.read_text("utf-8").split("---")[-1].split("+++")[-1]
            assert not any(mark in body for mark in ("{{", "{%", "```")), file.name


def test_a_form_that_is_not_there_is_refused_by_name(store: Store, tmp_path: Path) -> None:
    import_posts(store, GOLDEN[:1], START)
    with pytest.raises(ConfigError, match="choose one of classic, hexo"):
        export_posts(store, tmp_path, "wordperfect")


def test_a_folder_that_cannot_be_written_is_named(store: Store, tmp_path: Path) -> None:
    import_posts(store, GOLDEN[:1], START)
    (tmp_path / "file").touch()
    with pytest.raises(PublishError, match="file"):
        export_posts(store, tmp_path / "file" / "below", "hexo")
