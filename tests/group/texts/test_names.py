from broadsheet.group.texts.names import differ, names_of, subject_of, without_slug
from broadsheet.group.texts.normalise import fold


def names(text: str) -> set[str]:
    return set(names_of(text, fold(text)))


def test_codes_titles_quoted_words_and_proper_names_are_names() -> None:
    assert names("海川（600733）与1958.HK，《雾海》和“小蓝灯”") == {"600733", "1958.hk", "雾海", "小蓝灯"}
    assert names("the rival of Haichuan Motor is DeepSea") == {"haichuan motor", "deepsea"}


def test_the_first_word_of_a_sentence_and_common_words_are_no_names() -> None:
    assert names("Yesterday it rained. Nobody came to New or Police") == set()


def test_outlets_that_are_cited_are_no_names() -> None:
    assert names("a sale of Haichuan Motor, cited by Harbour Wire and the Wall Street Journal") == {"haichuan motor"}
    assert names("told Reuters that Bloomberg News and the Wire Group agreed") == {"wire group"}


def test_the_subject_of_a_title_stands_before_its_colon() -> None:
    assert subject_of("海川股份:净利增长") == "海川股份"
    assert subject_of("海川股份净利增长") == ""


def test_subjects_differ_unless_one_begins_like_the_other_or_stands_in_the_other_text() -> None:
    assert differ("海川股份", "雾山控股", "海川股份:净利增", "雾山控股:净利降")
    assert not differ("海川股份", "海川股份年度报告", "海川股份:净利增", "海川股份年度报告:净利增")
    assert not differ("海川股份", "证监会", "海川股份:被问询", "证监会:问询海川股份")
    assert not differ("海川股份", "证监会", "海川股份:被证监会问询", "证监会:问询")
    assert not differ("", "证监会", "海川", "证监会:问询")


def test_labels_and_nameless_speakers_are_no_subjects_and_no_names() -> None:
    assert subject_of("快讯:海川股份:净利增长") == "海川股份"
    assert subject_of("外媒:某公司将被收购") == ""
    assert names("the UPDATE of Haichuan Motor") == {"haichuan motor"}


def test_what_an_agency_puts_before_a_title_is_dropped() -> None:
    assert without_slug("update 2-jury tells quokka to pay") == "jury tells quokka to pay"
    assert without_slug("e-cars sell well") == "e-cars sell well"
    assert without_slug("海川股份净利增长") == "海川股份净利增长"
