"""Images in post files: shown from copies, which are read once."""

from pathlib import Path

import pytest
from tests.publish.test_postfiles import feed, post

from broadsheet.clean import sanitise
from broadsheet.model import Image, ImageCopy
from broadsheet.publish.postfiles import FORMS, render_postfile
from broadsheet.publish.postimages import image_files, show_copies

ONE, TWO = "https://img.example.org/1.jpg", "https://img.example.org/2.jpg"
COPY = ImageCopy(hash="ab" * 32, kind="jpg", width=4, height=3, size=4, phash="0" * 16, variants=("webp",))
NAME = f"img/ab/{'ab' * 32}.jpg"


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_post_shows_its_copies_and_leaves_other_images_as_they_are(form: str) -> None:
    made = post(html=sanitise(f"<p>x<img src='{ONE}' alt='图'><img src='{TWO}'></p>"), image=Image(url=ONE, alt="图"))
    text = render_postfile(show_copies(made, {ONE: COPY}, form), feed(), None, form)[1].decode()
    top = "" if form in ("markdown", "classic") else "/"
    assert ONE not in text
    assert TWO in text
    assert text.count(NAME) == text.count(f"{top}{NAME}") >= 1
    assert "webp" not in text


def test_a_post_without_copies_stays_as_it_is() -> None:
    assert show_copies(post(), {}, "hexo") == post()
    assert show_copies(post(image=None), {}, "hexo") == post(image=None)


def test_only_copies_that_are_not_there_yet_are_read(tmp_path: Path) -> None:
    archive, folder = tmp_path / "archive", tmp_path / "posts"
    (archive / "ab").mkdir(parents=True)
    (archive / COPY.path()).write_bytes(b"1234")
    assert list(image_files([COPY], archive, folder)) == [(NAME, b"1234")]
    (folder / NAME).parent.mkdir(parents=True)
    (folder / NAME).write_bytes(b"12")
    assert list(image_files([COPY], archive, folder)) == [(NAME, b"1234")]
    (folder / NAME).write_bytes(b"1234")
    assert list(image_files([COPY], archive, folder)) == []
