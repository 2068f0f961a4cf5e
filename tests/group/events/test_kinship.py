from tests.group.samples import FLASH, post

from broadsheet.group.events.kinship import contributions, models, probability
from broadsheet.group.events.profile import read_post


def chance(one: str, other: str, hours: float = 0) -> float:
    parts = contributions(read_post(post("a", one)), read_post(post("b", other, hours=hours)))
    return probability(sum(parts.values()))


ENGLISH = (
    "Haichuan Motor recalls 12,000 cars over brakes\nThe maker Haichuan Motor said on Monday it will recall 12,000 "
    "Quokka cars because their brakes may fail in cold weather, the regulator in Shenzhen said."
)
ENGLISH_TOO = (
    "Quokka cars called back: brakes may fail in the cold\nHaichuan Motor of Shenzhen is calling back 12,000 Quokka "
    "cars. Drivers complained of brakes that fail in cold weather."
)


def test_two_reports_of_one_event_are_likely_and_of_two_unlikely() -> None:
    assert (
        chance(FLASH, "海川科技盘前跌幅扩大，一度超过一成五\n海川科技盘前直线跳水，主管部门就监管公开征求意见。")
        > 0.5
    )
    assert chance(FLASH, "雾山银行行长离任\n雾山银行公告，行长因工作调动离任，董事会对其贡献表示感谢。") < 0.2
    assert chance(ENGLISH, ENGLISH_TOO) > 0.5
    assert (
        chance(ENGLISH, "Storm closes schools\nA storm closed schools in the north on Monday, officials said.") < 0.2
    )


def test_the_longer_between_two_reports_the_less_likely() -> None:
    assert chance(FLASH, FLASH, hours=60) < chance(FLASH, FLASH)


def test_forms_filled_in_for_two_firms_are_two_events() -> None:
    one = "海川股份：2020年净利同比增31% 拟10派3元\n海川股份披露年报，2020年净利同比增31%，拟10派3元。"
    other = "雾山控股：2020年净利同比增30% 拟10派3元\n雾山控股披露年报，2020年净利同比增30%，拟10派3元。"
    assert chance(one, other) < 0.4 < chance(one, one.replace("披露年报", "公告"))


def test_every_model_has_a_weight_for_every_feature() -> None:
    assert set(models()) == {"cjk", "latin"}
    assert {tuple(model.weights) for model in models().values()} == {tuple(models()["cjk"].weights)}


def test_a_probability_stays_one_however_certain() -> None:
    assert 0 < probability(-1e9) < 0.5 == probability(0) < probability(1e9) <= 1
