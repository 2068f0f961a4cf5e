import numpy as np
from tests.group.samples import FLASH

from broadsheet.group.sketches.signature import BANDS, bands, lengths, read_texts, sentences, shingle, shingle_sets


def test_shingles_are_of_four_characters_or_three_words() -> None:
    shingles = shingle(read_texts(["一二三四五", "one two three four", "一二三 four", "一二三", "a b 一"]))
    assert np.diff(shingles.bounds).tolist() == [2, 2, 1, 0, 1]
    assert shingles.words.tolist() == [0, 1, 5, 6, 9, 16]
    assert lengths(np.array([True, False])).tolist() == [4, 3]


def test_a_shingle_is_known_wherever_it_stands() -> None:
    one, other = (shingle(read_texts([text])).hashes.tolist() for text in ("这里说的是股市", "他说的是股票，是说股"))
    assert len(set(one) & set(other)) == 1
    assert shingle(read_texts([])).hashes.tolist() == []


def test_a_shingle_counts_once_in_each_text() -> None:
    shingles = shingle(read_texts(["", "一二三四五一二三四", "一二三四", "一", ""]))
    sets = shingle_sets(shingles)
    assert np.diff(shingles.bounds).tolist() == [0, 6, 1, 0, 0]
    assert np.diff(sets.bounds).tolist() == [0, 5, 1, 0, 0]
    assert sets.hashes[:5].tolist() == sorted(set(shingles.hashes[:6].tolist()))
    assert not len(shingle_sets(shingle(read_texts([]))).hashes)


def test_sentences_are_found_in_other_texts_whatever_stands_round_them() -> None:
    texts = [FLASH, f"另一篇。{FLASH.split('。')[1]}！", "", "too short a one", "five words are long enough"]
    said = sentences(read_texts(texts))
    assert said.bounds.tolist() == [0, 5, 6, 6, 6, 7]
    assert said.hashes[5] in said.hashes[:5]
    assert not len(sentences(read_texts([])).hashes)


def test_as_many_bands_are_equal_as_texts_are_alike() -> None:
    words = [chr(0x4E00 + number) for number in range(2000)]
    texts = ["".join(words[:800]), "".join(words[80:880]), "".join(words[1000:1800])]
    one, near, far = bands(shingle_sets(shingle(read_texts(texts))))
    # 720 of 880 shingles: a band of four is equal in 0.45 of all cases.
    assert 0.25 * BANDS < np.count_nonzero(one == near) < 0.65 * BANDS
    assert not np.count_nonzero(one == far)
