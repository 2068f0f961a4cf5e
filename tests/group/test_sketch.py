from tests.group.samples import FLASH, post

from broadsheet.group.sketch import sketch_posts


def test_a_sketch_is_the_same_in_any_company() -> None:
    alone = sketch_posts([post("a", FLASH)])
    assert sketch_posts([post("b", "一句话"), post("a", FLASH), post("c", "")])[1] == alone[0]


def test_a_text_of_no_words_has_no_marks() -> None:
    (sketch,) = sketch_posts([post("a", "……")])
    assert (sketch.exact, sketch.bands, sketch.sentences) == (b"", b"", b"")
    assert sketch_posts([]) == []
