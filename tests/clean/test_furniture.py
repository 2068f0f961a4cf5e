"""What surrounds an article goes; the article does not."""

from collections import Counter

import pytest

from broadsheet.clean.dom import parse, serialise
from broadsheet.clean.furniture import remove_boxes, remove_first_line, remove_last_lines


def without_last(markup: str) -> str:
    root = parse(markup)
    remove_last_lines(root, Counter())
    return serialise(root)


def test_boxes_that_call_themselves_furniture_go() -> None:
    markup = '<p>甲</p><div class="a QRcode">扫码</div>乙<p id="qr-code"></p>'
    root, changes = parse(markup), Counter[str]()
    remove_boxes(root, markup, changes)
    assert (serialise(root), changes) == ("<p>甲</p>乙", {"furniture-box": 2})


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑：林晚",
        "广告声明：文内含有的对外跳转链接，用于传递更多信息。",
        "关注公众号：晨报",
        "分享到：微信 微博",
        "Read more »",
        "点击下方名片关注我们",
        "长按下图二维码关注",
        "—— END ——",
    ],
)
def test_furniture_at_the_end_goes(line: str) -> None:
    assert without_last(f"<p>甲</p><p>{line}</p>") == "<p>甲</p>"
    assert without_last(f"<p>甲</p><p>{line}</p><p>完</p>") == "<p>甲</p><p>完</p>"


@pytest.mark.parametrize("line", ["编辑部今天搬家。", "他分享到的经验很多，值得一读。", "广告收入增长了两成。"])
def test_a_sentence_with_the_same_words_stays(line: str) -> None:
    assert without_last(f"<p>甲</p><p>{line}</p>") == f"<p>甲</p><p>{line}</p>"


def test_an_editors_name_is_cut_off_a_paragraph() -> None:
    assert without_last("<p>甲。（责任编辑：林晚）</p>") == "<p>甲。</p>"


def test_the_first_line_goes_only_if_it_is_furniture() -> None:
    root = parse("<p>广告</p><p>甲</p>")
    assert remove_first_line(root, Counter())
    assert not remove_first_line(root, Counter())
    assert not remove_first_line(parse(""), Counter())
