from itertools import pairwise

from broadsheet.group.texts.tokens import read_tokens


def words(*texts: str) -> list[list[int]]:
    tokens = read_tokens(texts)
    bounds = tokens.texts.tolist()
    return [tokens.hashes[start:end].tolist() for start, end in pairwise(bounds)]


def sentence_starts(text: str) -> list[int]:
    starts: list[int] = read_tokens([text]).sentences.tolist()
    return starts


def test_words_of_letters_stay_whole_and_other_characters_stand_alone() -> None:
    tokens = read_tokens(["版本 ios 18.2", "ios"])
    assert tokens.single.tolist() == [True, True, False, False, False, False]
    assert tokens.numbers.tolist() == [False, False, False, True, True, False]
    assert tokens.texts.tolist() == [0, 5, 6]
    assert tokens.hashes[2] == tokens.hashes[5]


def test_case_and_the_script_of_china_do_not_matter() -> None:
    assert words("Ｘ 臺灣 iPHONE".replace("Ｘ", "X")) == words("x 台湾 iPhone")
    assert words("ΑΘΗΝΑ МОСКВА ÉTÉ") == words("αθηνα москва été")
    assert words("İ") == words("İ")


def test_marks_part_words_and_are_dropped() -> None:
    assert words("a-b_c 🙂 d", "——") == [words("a b c d")[0], []]


def test_sentences_end_at_stops_and_commas_but_not_inside_numbers() -> None:
    assert sentence_starts("up 3.5 percent. Then 1,200 more, or less") == [0, 4, 8, 10]
    assert sentence_starts("涨3.5%。后来,又跌。\n\n跌了") == [0, 3, 5, 7, 9]
    assert sentence_starts("v2.") == [0, 1]


def test_no_text_has_no_words() -> None:
    assert words() == []
    assert words("", "!") == [[], []]
    assert sentence_starts("。。") == [0]


def test_the_code_points_that_were_kept_are_those_of_the_words() -> None:
    tokens = read_tokens(["A股, 5%", "。", "跌"])
    assert bytes(tokens.kept.astype("<u4")).decode("utf-32-le") == "a股5跌"
    assert tokens.kept_texts.tolist() == [0, 3, 3, 4]


def test_halves_of_surrogate_pairs_are_no_words() -> None:
    assert words("\ud800涨") == words("涨")
