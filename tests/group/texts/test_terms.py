from broadsheet.group.texts.terms import RAREST, is_cjk, split_terms, term_weights


def test_chinese_is_read_as_characters_and_pairs_and_other_scripts_as_words() -> None:
    characters, terms = split_terms("海川科技涨超 5.2%, apple's iphones")
    assert characters == list("海川科技涨超")
    assert terms == ["海川", "川科", "科技", "技涨", "涨超", "5.2", "apple", "iphone"]


def test_a_short_or_hissing_word_keeps_its_s() -> None:
    assert split_terms("bus press gas reports")[1] == ["bus", "press", "gas", "report"]


def test_text_is_chinese_where_most_of_it_is() -> None:
    assert is_cjk("海川科技发布 sea 大模型")
    assert not is_cjk("haichuan of shanghai (海川) presents a model 2026")
    assert not is_cjk("")


def test_common_terms_tell_little_and_unlisted_ones_most() -> None:
    weights = term_weights()
    assert weights["the"] < weights["police"] < RAREST
    assert weights["公司"] < weights["芯片"] < RAREST
    assert "海川科" not in weights
