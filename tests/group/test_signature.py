from tests.group.samples import FLASH

from broadsheet.group.signature import read_texts, sentence_hashes, shingle_hashes


def test_shingles_are_of_four_characters_or_three_words() -> None:
    _hashes, owners = shingle_hashes(read_texts(["一二三四五", "one two three four", "一二三 four", "一二三"]))
    assert owners.tolist() == [0, 0, 1, 1, 2]


def test_sentences_are_found_in_other_texts_whatever_stands_round_them() -> None:
    hashes, owners = sentence_hashes(read_texts([FLASH, f"另一篇。{FLASH.split('。')[1]}！"]))
    assert hashes[owners == 1].tolist() == hashes[owners == 0].tolist()[2:3]
    assert not len(sentence_hashes(read_texts([""]))[0])
