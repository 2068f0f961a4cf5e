from hypothesis import given
from hypothesis import strategies as st
from tests.group.samples import FLASH, post

from broadsheet.group.sketches.signature import PORTION
from broadsheet.group.sketches.sketch import sketch_posts

GOLDEN_BANDS = (
    "90a910f6b07ae2b41ad3cef6a162e03c3856a86c2516ab02ccba7ba554c0e2914bf1ab5acc679e0fbb5585a4b3f78404d49dd32b"
    "bed6539694882818f6f4b0e7f7a57045c9c5636a903b227fd6b8eaeeff8c278cc73ee47a9d6ea68e319b55b72e16efa13a8d0290"
    "3ab2531eb6ea13e1e3d7f27ef50a98355935bfb594af8722"
)
GOLDEN_SENTENCES = "4a66f829e25b562cdb0a27366ca68f90c9c287b96a2752f2"


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_a_sketch_of_any_text_is_the_same_in_any_company(texts: list[str]) -> None:
    together = sketch_posts([post(str(number), text) for number, text in enumerate(texts)])
    assert together == [sketch_posts([post(str(number), text)])[0] for number, text in enumerate(texts)]


def test_portions_leave_no_trace() -> None:
    posts = [post(str(number), f"{FLASH}{number}") for number in range(PORTION + 1)]
    assert sketch_posts(posts)[-1] == sketch_posts(posts[-1:])[0]
    assert sketch_posts([]) == []


def test_the_bytes_are_these_on_every_machine_and_in_every_version() -> None:
    (sketch,) = sketch_posts(
        [post("a", f"{FLASH} Shares of Haichuan fell 14.6 percent, its worst day in three years.")]
    )
    assert sketch.exact.hex() == "15a413ffd0edb495"
    assert sketch.bands.hex() == GOLDEN_BANDS
    assert sketch.sentences.hex() == GOLDEN_SENTENCES


def test_a_text_shorter_than_a_shingle_has_no_marks() -> None:
    for text in ("……", "快讯", "breaking news"):
        (sketch,) = sketch_posts([post("a", text)])
        assert (sketch.exact, sketch.bands, sketch.sentences) == (b"", b"", b"")


def test_a_sentence_that_is_said_twice_counts_once() -> None:
    once, twice = sketch_posts([post("a", FLASH), post("b", f"{FLASH}\n{FLASH}")])
    assert once.sentences == twice.sentences
    assert once.exact != twice.exact
