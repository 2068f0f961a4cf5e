"""Lone pictures become figures; the short line below becomes the caption."""

from collections import Counter

import pytest

from broadsheet.clean.dom import parse, serialise
from broadsheet.clean.pictures.captions import make_figures

IMAGE = '<img src="1.png">'
TEXT = "<p>这是一段正文，讲的是别的事情。</p>"


def figures(markup: str) -> str:
    root = parse(markup)
    make_figures(root, Counter())
    return serialise(root)


@pytest.mark.parametrize("line", ["图源：晨报", "▲ 工厂外景", "Photo by Lin", "来源：公司"])
def test_a_credit_is_a_caption(line: str) -> None:
    html = figures(f"<p>{IMAGE}</p><p>{line}</p>{TEXT}")
    assert html == f"<figure>{IMAGE}<figcaption>{line}</figcaption></figure>{TEXT}"


@pytest.mark.parametrize("line", ["工厂外景", "<span>工厂外景</span>"])
def test_a_short_line_without_an_end_is_a_caption(line: str) -> None:
    assert f"<figcaption>{line}</figcaption>" in figures(f"<p>{IMAGE}</p><p>{line}</p>{TEXT}")


@pytest.mark.parametrize("line", ["一、背景", "<b>背景</b>", "他说：“不予置评。”", "x" * 61])
def test_a_heading_or_a_sentence_is_none(line: str) -> None:
    assert "figcaption" not in figures(f"<p>{IMAGE}</p><p>{line}</p>{TEXT}")


def test_a_line_below_in_the_same_paragraph_is_a_caption() -> None:
    html = figures(f'<p align="center">{IMAGE}<br>工厂外景</p>{TEXT}')
    assert f"{IMAGE}<figcaption>工厂外景</figcaption></figure>" in html


def test_a_picture_in_the_middle_of_text_stays_there() -> None:
    assert figures(f"<p>甲{IMAGE}乙</p>") == f"<p>甲{IMAGE}乙</p>"
