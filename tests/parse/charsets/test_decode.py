"""Charsets: what is declared, what is so, and what a wrong byte costs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.parse.charsets.decode import charset_name, declarations, decode, wrong_claim

CHINESE = "<rss><title>新华社北京十一月二十三日电，记者昨日从发布会获悉</title></rss>"


@pytest.mark.parametrize(
    ("label", "name"),
    [("GB2312", "gb2312"), ("x-sjis", "shift_jis"), ("gb_2312-80", "gb2312"), ("utf8", "utf-8"), ("bogus", ""),
     ("rot13", ""), ("", ""), ("Windows-949", "euc_kr"), ("x-mac-roman", "mac-roman"), ("iso-8859-8-i", "iso8859-8"),
     ("X-CP1251", "cp1251"), ("a\0b", "")],
)  # fmt: skip
def test_a_label_names_an_encoding_of_text_or_none(label: str, name: str) -> None:
    assert charset_name(label) == name


def test_http_is_heard_before_xml() -> None:
    body = b'<?xml version="1.0" encoding="big5"?>'
    assert declarations(body, 'text/xml; charset="gbk"') == ("gbk", "big5")
    assert declarations(b"<rss/>", None) == ()


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "utf-32-le", "gb18030"])
def test_chinese_is_found_without_any_declaration(charset: str) -> None:
    assert decode(CHINESE.encode(charset), None).text == CHINESE


def test_a_multibyte_charset_proves_itself_against_a_single_byte_one() -> None:
    body = b'<?xml version="1.0" encoding="gb2312"?>' + CHINESE.encode("gb18030")
    assert decode(body, "text/xml; charset=iso-8859-1").charset == "gb18030"


def test_a_bad_byte_costs_one_character() -> None:
    body = CHINESE.encode().replace("记".encode(), b"\xff")
    decoded = decode(body, None)
    assert decoded.text == CHINESE.replace("记", "\ufffd")
    assert decoded.repairs == ("bad-bytes:1",)


def test_texts_of_an_older_database_inside_utf_8_are_read() -> None:
    old, rest = "涨停：记者昨日获悉 iPhone 17 定价".encode("gbk"), 40 * "新华社北京十一月二十三日电".encode()
    decoded = decode(b"<rss><title>" + old + b"</title><p>" + rest + b"</p></rss>", "text/xml; charset=utf-8")
    assert decoded.text.startswith("<rss><title>涨停：记者昨日获悉 iPhone 17 定价</title><p>新华社")
    assert decoded.repairs == ("charsets-mixed:gb18030-in-utf-8",)


@pytest.mark.parametrize(
    "piece", [b"\xff\xff", b"caf\xe9 \xe0 la", "涨停".encode("gbk"), b"\xe9\xe8\xea\xeb\xe9\xe8"]
)
def test_other_bytes_inside_utf_8_are_not_taken_for_chinese(piece: bytes) -> None:
    rest = 40 * "新华社北京十一月二十三日电".encode()
    decoded = decode(b"<p>" + piece + b"</p><p>" + rest + b"</p>", "text/xml; charset=utf-8")
    assert "\ufffd" in decoded.text
    assert [repair.partition(":")[0] for repair in decoded.repairs] == ["bad-bytes"]


def test_characters_written_as_two_surrogates_are_read() -> None:
    body = "<t>中文 😀</t>".encode()
    halves = "\ud83d\ude00".encode("utf-8", "surrogatepass")
    decoded = decode(body.replace("😀".encode(), halves), None)
    assert (decoded.text, decoded.repairs) == ("<t>中文 😀</t>", ("charset:cesu-8-declared-utf-8",))
    damaged = decode(("<t>" + 10 * "中文新闻").encode() + halves + b"\xff</t>", None)
    assert damaged.text.endswith("中文新闻😀\ufffd</t>")
    assert damaged.repairs == ("bad-bytes:1",)


def test_japanese_in_ascii_bytes_is_known_by_its_escapes() -> None:
    text = "<t>日本語のニュース</t>"
    assert decode(text.encode("iso-2022-jp"), "text/xml; charset=utf-8").text == text


def test_a_cut_wide_document_keeps_its_text() -> None:
    assert decode(CHINESE.encode("utf-16")[:-1], None).repairs == ("bad-bytes:1",)


def test_bytes_of_no_language_still_become_text() -> None:
    assert decode(b"<t>\x81\xff\x00\xfe\xdb\x8d\x90</t>", None).text.startswith("<t>")
    assert decode(b"<t>\xe9</t>", "text/xml; charset=ascii").text == "<t>é</t>"


def test_a_claim_fulfilled_by_its_superset_is_true() -> None:
    assert wrong_claim("gb18030", ("gb2312",)) == ()
    assert wrong_claim("utf-8", ("ascii",)) == ()
    assert wrong_claim("utf-8", ("utf-8", "big5")) == ("charset:utf-8-declared-big5",)


@settings(max_examples=60)
@given(
    st.binary(max_size=120), st.sampled_from([None, "charset=gbk", "charset=utf-7", "charset=x", "charset=utf-16"])
)
def test_no_bytes_raise(body: bytes, content_type: str | None) -> None:
    assert isinstance(decode(body, content_type).text, str)


@settings(max_examples=60)
@given(st.text("中文新聞喆é😀 a<&", max_size=60))
def test_a_charset_named_by_http_is_read_back(text: str) -> None:
    body = ("<t>" + text).encode("gb18030")
    assert decode(body, "text/xml; charset=gb18030").text in ("<t>" + text, body.decode("utf-8", "replace"))


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("海关总署今天公布了前十个月的进出口数据，同比增长百分之三。", "gb18030"),
        ("気象庁はきょう、来週の天気について発表しました。雨の日が多いそうです。", "euc_jp"),
        ("기상청은 오늘 다음 주 날씨를 발표했다고 밝혔다.", "euc_kr"),
        ("Метеорологи сообщили сегодня о погоде на следующей неделе.", "cp1251"),
        ("הממשלה אישרה היום את התקציב לשנה הבאה לאחר דיון ארוך", "cp1255"),
        ("Été à Genève : la fête a été annulée, après réflexion, où était-ce déjà ? Très près, là-bas.", "cp1252"),
    ],
)
@pytest.mark.parametrize("claim", ["iso-8859-1", "us-ascii"])
def test_a_claim_made_by_default_gives_way_to_the_bytes(text: str, charset: str, claim: str) -> None:
    body = f'<?xml version="1.0" encoding="{claim}"?><rss><title>{text}</title></rss>'.encode(charset)
    assert text in decode(body, None).text


def test_a_claim_made_by_default_is_believed_of_few_bytes_and_of_what_tells_nothing() -> None:
    few = '<?xml version="1.0" encoding="iso-8859-1"?><rss>ÇÑ±¹</rss>'
    many = f'<?xml version="1.0" encoding="iso-8859-1"?><rss>{"ÿþ¤¿ " * 20}</rss>'
    for text in (few, many):
        assert decode(text.encode("iso-8859-1"), None).text == text


def test_utf_8_with_a_bad_byte_is_utf_8_whatever_was_claimed_by_default() -> None:
    text = "Ärger über Öl und Maß, größer als früher, später schön; Fähren für Gäste, Züge nach Süden, Bäche, Höfe"
    body = f'<?xml version="1.0" encoding="utf-8"?><rss>{text}</rss>'.encode()
    decoded = decode(body.replace(b"und", b"\xff"), "text/xml; charset=ISO-8859-1")
    assert (decoded.charset, decoded.text.count("\ufffd")) == ("utf-8", 1)
