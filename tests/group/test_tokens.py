from broadsheet.group.tokens import read_tokens


def test_words_of_letters_stay_whole_and_other_characters_stand_alone() -> None:
    tokens = read_tokens(["版本 ios 18.2", "ios"])
    assert tokens.single.tolist() == [True, True, False, False, False, False]
    assert tokens.owners.tolist() == [0, 0, 0, 0, 0, 1]
    assert tokens.hashes[2] == tokens.hashes[5]


def test_a_point_inside_a_number_ends_no_sentence() -> None:
    assert read_tokens(["up 3.5 percent. then"]).sentences.tolist() == [0, 0, 0, 0, 1]


def test_no_text_has_no_words() -> None:
    assert not len(read_tokens([]).hashes)
    assert not len(read_tokens(["", "!"]).hashes)
