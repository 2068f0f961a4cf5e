"""The language is the one stated, else the one the text shows, else unknown."""

import pytest

from broadsheet.clean.words.language import detect, language_of


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("zh_cn", "zh-CN"),
        (" EN ", "en"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("Chinese (simplified)", "en"),
        (None, "en"),
        ("", "en"),
    ],
)
def test_a_stated_tag_wins_and_is_written_the_usual_way(stated: str | None, expected: str) -> None:
    assert language_of(stated, "", "The price of the shares is not known to the company.") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("两家公司正在洽谈，发言人说还没有结论。", "zh-Hans"),
        ("兩家公司正在洽談，發言人說還沒有結論。", "zh-Hant"),
        ("台湾大哥大", "zh"),
        ("新しい工場を建てると発表しました。", "ja"),
        ("회사는 새로운 공장을 짓는다고 밝혔다.", "ko"),
        ("Компания объявила о строительстве завода.", "ru"),
        ("Ανακοίνωσε νέο εργοστάσιο η εταιρεία.", "el"),
        ("The company said that it will not build a new plant in the city.", "en"),
        ("Das Werk wird nicht gebaut, und die Firma ist mit dem Preis nicht zufrieden.", "de"),
        ("L'usine est dans la ville, et les prix sont pour les clients de la région.", "fr"),
        ("Lorem ipsum dolor sit amet consectetur", None),
        ("12,5 %", None),
        ("", None),
    ],
)
def test_the_text_shows_its_language(text: str, expected: str | None) -> None:
    assert detect(text) == expected
