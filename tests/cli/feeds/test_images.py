"""The word `images`, and how `run` keeps images."""

from pathlib import Path

from tests.cli.conftest import Call
from tests.imaging.pictures import picture
from tests.pipeline.outlet import Outlet, rss


def follow(call: Call, outlet: Outlet) -> None:
    outlet.put("/a.png", picture("png"))
    pictures = "".join(f'<p>字</p><img src="{outlet.address}{path}">' for path in ("/a.png", "/none.png"))
    address = outlet.put("/feed", rss(("甲车企公告", pictures)))
    assert call("add", address).code == 0


def test_images_says_what_was_kept_and_names_what_was_not(paper: Path, call: Call, outlet: Outlet) -> None:
    follow(call, outlet)
    first = call("images")
    assert first.code == 1
    assert first.out.startswith("1 images kept (")
    assert "1 failed, 0 left; 1 kept in all, 1 waiting, 0 given up" in first.out
    assert f"{outlet.address}/none.png: its server answered 404; asked again after" in first.err
    second = call("images")
    assert (second.code, second.err) == (0, "")
    assert second.out.startswith("0 images kept (0 B), 0 failed")


def test_images_asks_again_by_hand(paper: Path, call: Call, outlet: Outlet) -> None:
    follow(call, outlet)
    assert call("images", "--quiet").out == ""
    outlet.put("/none.png", picture("png", size=(20, 20)))
    answer = call("images", "--retry", "--json")
    assert answer.code == 0
    assert answer.json["run"]["kept"] == 1
    assert answer.json["images"] == {"kept": 2, "waiting": 0, "given_up": 0}


def test_run_publishes_first_and_then_with_images(paper: Path, call: Call, outlet: Outlet) -> None:
    follow(call, outlet)
    answer = call("run", "--once")
    assert answer.code == 0
    published, kept = answer.out.splitlines()
    assert "files written" in published
    assert "1 images kept (" in kept
    assert "1 failed, 0 left" in kept
    page = next((paper / "site" / "p").glob("*/index.html")).read_text("utf-8")
    assert 'src="../../img/' in page
    assert f'src="{outlet.address}/none.png"' in page
    assert len(call("run", "--once").out.splitlines()) == 1


def test_run_keeps_none_where_the_paper_wants_none(paper: Path, call: Call, outlet: Outlet) -> None:
    with (paper / "broadsheet.toml").open("a") as file:
        file.write("[images]\narchive = false\n")
    follow(call, outlet)
    assert len(call("run", "--once").out.splitlines()) == 1
    assert not (paper / "images").exists()


def test_build_shows_the_images_that_are_kept(paper: Path, call: Call, outlet: Outlet) -> None:
    follow(call, outlet)
    call("images")
    assert call("build").code == 0
    assert len(list((paper / "site" / "img").rglob("*.png"))) == 1
    assert "  images: " in call("doctor").out


def test_a_lost_file_is_named_by_doctor_and_asked_for_again(paper: Path, call: Call, outlet: Outlet) -> None:
    follow(call, outlet)
    call("images")
    (file,) = (paper / "images").rglob("*.png")
    assert call("doctor").code == 0
    file.unlink()
    sick = call("doctor")
    assert sick.code == 1
    assert f"{file} is lost: `broadsheet images --retry`" in sick.out
    call("images", "--retry")
    assert file.is_file()
    assert call("doctor").code == 0


def test_of_many_lost_files_twenty_are_named_a_line_each(paper: Path, call: Call, outlet: Outlet) -> None:
    names = [f"/{number}.png" for number in range(22)]
    for number, name in enumerate(names):
        outlet.put(name, picture("png", size=(20 + number, 20)))
    body = "".join(f'<p>字</p><img src="{outlet.address}{name}">' for name in names)
    assert call("add", outlet.put("/feed", rss(("甲", body)))).code == 0
    assert call("images", "--quiet").code == 0
    for file in (paper / "images").rglob("*.png"):
        file.unlink()
    answer = call("doctor")
    lost = [line for line in answer.out.splitlines() if line.startswith("  !! ")]
    assert answer.code == 1
    assert answer.out.startswith(f"store {paper}/broadsheet.db: sound\n")
    assert all("is lost: `broadsheet images --retry`" in line for line in lost[:20])
    assert lost[20:] == ["  !! and 2 more are lost"]
    assert len(call("doctor", "--json").json["problems"]) == 21
