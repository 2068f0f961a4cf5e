"""The root of a claim is where it comes from at its deepest."""

import pytest
from tests.group.ledger.samples import claim, post, told

from broadsheet.group.ledger.roots import NAMELESS, root_of
from broadsheet.model import Source


@pytest.mark.parametrize(
    ("source", "name", "origins", "root"),
    [
        ("anonymous", "知情人士", ("彭博社",), "彭博"),
        ("anonymous", "知情人士", (), "晨报"),
        ("anonymous", "知情人士", ("外媒",), "晨报"),
        ("outlet", "据路透社旗下 IFR 报道", (), "路透"),
        ("outlet", "据海湾日报报道", ("海湾日报", "山城晚报"), "海湾日报"),
        ("outlet", "据海湾日报报道", (), "海湾日报"),
        ("outlet", "据报道", (), NAMELESS),
        ("outlet", "英文媒体的报道来看", (), NAMELESS),
        ("outlet", None, (), NAMELESS),
        ("market_rumour", "网传", ("彭博社",), NAMELESS),
        ("company", "公告", ("彭博社",), "青禾"),
        ("filing", "公告", (), "青禾"),
        ("named_person", "青禾总裁王某表示", (), "青禾"),
        ("regulator", "证监会表示", (), "证监会"),
        ("regulator", "表示", (), "表示"),
        ("regulator", "证监会昨晚在声明中说", (), "证监会"),
        ("analyst", "白石证券研报指出", (), "白石证券"),
        ("analyst", "白石证券的研究报告认为", (), "白石证券"),
        ("analyst", "分析师认为", (), "晨报"),
        ("analyst", "多位分析师", ("彭博社",), "彭博"),
        ("analyst", None, (), "晨报"),
        ("own_reporting", "晨报获悉", (), "晨报"),
        ("unattributed", None, ("财联社",), "财联社"),
    ],
)
def test_a_claim_has_one_root(source: Source, name: str | None, origins: tuple[str, ...], root: str) -> None:
    one = claim("青禾将收购远帆", source=source, name=name)
    assert root_of(told(post("a", one, outlet="晨报", origins=origins))[0]) == root


def test_a_statement_of_nobody_known_has_no_root() -> None:
    one = claim("公司将收购远方", source="company", parties=())
    assert root_of(told(post("a", one, outlet="晨报"))[0]) == NAMELESS
