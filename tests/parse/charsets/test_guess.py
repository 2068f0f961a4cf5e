"""Charsets told by the bytes alone."""

import pytest

from broadsheet.parse.charsets.guess import guess_charset, reads_chinese


@pytest.mark.parametrize(
    ("charset", "texts"),
    [
        (
            "cp1252",
            [
                "Déjà vu, naïve “quoted” façade",
                "naïve café",
                "Über",
                "À la carte",
                "Größe und Übermaß",
                "Año nuevo",
                "Räksmörgås på ön",
                "Ação em São Paulo",
                "L’été – 5 €",
            ],
        ),
        (
            "cp949",
            [
                "한국어 뉴스입니다 오늘의 소식을 전해드립니다",
                "삼성전자, 신제품 발표",
                "뉴스",
                "서울에서 새로운 제품이 발표되었습니다. 뷁",
            ],
        ),
        ("cp932", ["日本語のニュースです。今日の出来事", "①番目のニュース　髙橋さん"]),
        ("euc_jp", ["日本語のニュースです。今日の出来事", "ニュース速報"]),
        ("big5hkscs", ["繁體中文標題", "颱風來襲", "今天台灣的天氣很好，適合出門"]),
        ("gb18030", ["新华社北京电，记者昨日从发布会获悉", "苹果发布新手机，售价曝光", "中文标题"]),
        ("cp1251", ["Новости русского языка сегодня", "Компания Apple выпустила iPhone", "Україна та світ"]),
        ("koi8_r", ["Новости русского языка сегодня", "Банк России"]),
        ("cp1253", ["Ξεσκεπάζω την ψυχοφθόρα βδελυγμία", "Νέα της ημέρας από την Ελλάδα"]),
    ],
)
def test_a_language_shows_its_charset(charset: str, texts: list[str]) -> None:
    for text in texts:
        assert guess_charset(f"<t>{text}</t>".encode(charset)) == charset, text


def test_bytes_of_no_language_are_of_none_or_any() -> None:
    assert guess_charset(b"\x81\xff\x00\xfe\xdb\x8d\x90") in (None, "koi8_r", "cp1252", "cp1251", "big5", "gb18030")


@pytest.mark.parametrize(
    ("text", "chinese"), [("小米：涨停", True), ("小米", False), ("丂丄丅", False), ("price", False)]
)
def test_what_reads_as_chinese_has_common_characters(text: str, *, chinese: bool) -> None:
    assert reads_chinese(text) is chinese
