"""A market-moving post that stands alone, from its file to its dossier in the terminal and on its page."""

import json
import re
from pathlib import Path

import pytest
from tests.cli.conftest import Call

HEAD = "security,date,open,high,low,close,previous_close"
DAY = "2022-08-26"
POST = """---
title: 小米与北汽洽谈
author: 晨报
date: Fri, 26 Aug 2022 06:33:02 GMT
---
<p>消息人士称，小米集团正与北汽集团洽谈合作。</p>
"""


def text_of(markup: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", markup))


def rows(page: str, section: str) -> list[str]:
    """The rows of the tables of a section, as read."""
    (found,) = re.findall(rf'<section class="sect" id="{section}".*?</section>', page, re.DOTALL)
    return [text_of(row) for row in re.findall(r"<tr .*?</tr>", found.partition("<tbody")[2], re.DOTALL)]


def post_id(call: Call) -> str:
    (hit,) = call("search", "小米", "--json").json
    return str(hit["id"])


@pytest.fixture
def seed(shared: Path, paper: Path, call: Call) -> str:
    """The id of the seed post in a paper that keeps its prices."""
    story = json.loads((shared / "data/market/prices/model_story_2022-08-26.json").read_text("utf-8"))
    bars = [
        ",".join([code, DAY, *(str(bar[name]) for name in ("open", "high", "low", "close", "prev_close"))])
        for code, bar in story["bars"].items()
    ]
    (paper / "prices.csv").write_text("\n".join([HEAD, *bars]) + "\n", "utf-8")
    assert call("import", "posts", shared / "data/seed/post.md").code == 0
    assert call("import", "prices", "prices.csv").code == 0
    return post_id(call)


def test_the_seed_post_is_told_whole_in_the_terminal(seed: str, call: Call) -> None:
    told = call("show", "story", seed).out
    for line in (
        f"post {seed} · the only report of its event, in no story",
        "check: 股价最高涨25% · 1958.HK · CONSISTENT_LATER_HIGH · high +30.54 %",
        "check: 一度涨超3% · 1810.HK · CONFIRMED",
        "check: 涨超近10% · 600733.SH · CONFIRMED",
        "小米集团 未回复 · 凤凰网科技求证",
        "北汽集团 未回复 · 凤凰网科技求证",
        "此前 2017-07-28: “小米科技与北汽集团于2017年7月28日签署了战略合作协议”",
    ):
        assert line in told
    claims = re.split(r"^  (?=\S)", told.partition("\nclaims\n")[2], flags=re.MULTILINE)[1:]
    talks, plant, plan = (" ".join(claim.split()) for claim in claims)
    assert talks.startswith("洽谈中 · 合作 · 小米集团、北汽集团")
    assert "初步阶段、不保证达成" in talks
    assert "来源：匿名人士" in talks
    assert plant.startswith("传闻 · 持股 · 小米集团、北京现代")
    assert "“小米可能会购买北京现代第二工厂的股份” 考虑中" in plant
    assert "“以履行到2024年量产电动汽车的承诺” 当事方自己的计划" in plan
    assert "来源：公司" in plan


def test_the_seed_post_is_a_dossier_on_its_page(seed: str, paper: Path, call: Call) -> None:
    assert call("build").code == 0
    page = (paper / "site" / "p" / seed / "index.html").read_text("utf-8")
    assert len(page.encode()) < 100_000
    assert re.findall('"ratingExplanation":"([A-Z_]+)"', page) == ["CONSISTENT_LATER_HIGH", "CONFIRMED", "CONFIRMED"]
    assert page.count('<svg class="kc"') == 3
    for row, said, measured in zip(
        rows(page, "market"),
        ("北京汽车 “股价最高涨25%”", "小米集团 “一度涨超3%”", "北汽蓝谷 “涨超近10%”"),
        ("+30.54%", "+3.68%", "+9.99%"),
        strict=True,
    ):
        assert said in row
        assert measured in row
        assert row.rstrip().endswith("相符")
    assert "报道发出后幅度继续扩大，实测超过报道数字" in page
    talks, plant, plan = rows(page, "claims")
    assert "合作：小米集团、北汽集团" in talks
    assert "未具名人士·消息人士洽谈中·单一来源 初步阶段、不保证达成" in talks
    assert "小米可能会购买北京现代第二工厂的股份" in plant
    assert "传闻·单一来源 考虑中" in plant
    assert "以履行到2024年量产电动汽车的承诺" in plan
    assert "公司·小米公司已宣布 当事方自己的计划" in plan
    xiaomi, baic, hyundai = rows(page, "replies")
    for party, row in (("小米集团", xiaomi), ("北汽集团", baic)):
        assert row.strip().startswith(f"{party}凤凰网科技，据cnBeta未答复")
    assert "未见询问" in hyundai
    (background,) = re.findall(r'id="background".*?</section>', page, re.DOTALL)
    assert "2017年7月28日" in background
    assert "同几方的旧协议" in background


def test_a_post_alone_gets_its_dossier_and_other_posts_none(paper: Path, call: Call) -> None:
    (paper / "one.md").write_text(POST, "utf-8")
    (paper / "two.md").write_text(
        POST.replace("小米与北汽洽谈", "天气").partition("<p>")[0] + "<p>今天有雨。</p>", "utf-8"
    )
    assert call("import", "posts", "one.md", "two.md").code == 0
    alone = post_id(call)
    assert call("build").code == 0
    with_dossier = [
        path.parent.name
        for path in (paper / "site" / "p").glob("*/index.html")
        if 'id="claims"' in path.read_text("utf-8")
    ]
    assert with_dossier == [alone]
    told = call("show", "story", alone, "--json").json
    assert [member[0] for member in told["story"]["members"]] == [alone]
    assert [claim["status"] for claim in told["claims"]] == ["in_talks"]
    assert told["checks"] == []
