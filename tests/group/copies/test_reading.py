from tests.group.samples import FLASH, OTHER

from broadsheet.group.copies.reading import count_shared, read_each
from broadsheet.group.sketches.signature import PORTION


def test_every_text_is_read_as_if_it_were_alone() -> None:
    texts = ["", FLASH, *(f"{OTHER}{number}" for number in range(PORTION))]
    for text, reading in zip(texts, read_each(texts), strict=True):
        (alone,) = read_each([text])
        assert reading.words.tolist() == alone.words.tolist()
        assert reading.said() == alone.said()
        assert reading.places.tolist() == alone.places.tolist()
        assert set(reading.sample.tolist()) <= set(reading.known.tolist()) == set(alone.shingles.tolist())


def test_a_part_reads_as_its_text_does() -> None:
    whole, middle = read_each(
        ["开头一句。Then a middle 有两句。第二句在此，完。", "Then a middle 有两句。第二句在此"]
    )
    part = whole.part(*whole.sentences[1:4:2].tolist())
    assert part.words.tolist() == middle.words.tolist()
    assert part.sentences.tolist() == middle.sentences.tolist() == [0, 6, 11]
    assert part.known.tolist() == middle.known.tolist()
    assert part.numbers.tolist() == middle.numbers.tolist()
    assert part.single.tolist() == middle.single.tolist()


def test_words_are_covered_that_stand_in_a_shared_shingle() -> None:
    one, other = read_each(["甲乙丙丁戊己庚", "子甲乙丙丁丑己庚"])
    assert one.covered(other).tolist() == [True] * 4 + [False] * 3
    assert other.covered(one).tolist() == [False] + [True] * 4 + [False] * 3
    assert count_shared(one.known, other.known) == 1
