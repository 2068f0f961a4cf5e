"""A form about one company, and the tables of a list by hand."""

import pytest

from broadsheet.annotate import read_document
from broadsheet.errors import ConfigError
from broadsheet.model import CompanyList
from broadsheet.web.reader.byhand import Written, id_of, tables_of, written_of

FORM = Written(
    id="yutu",
    zh="玉兔科技\n玉兔",
    en="Yutu",
    legal="玉兔科技股份有限公司",
    former="月兔股份 2018-09-01\nMoonhare",
    common="玉兔",
    wrong="兔",
    codes="699901.SH XSHG\nYUT.MI XMIL",
    outlet=True,
)


def fields_of(form: Written) -> dict[str, str]:
    texts = ("id", "zh", "en", "legal", "former", "common", "wrong", "codes")
    return {**{name: getattr(form, name) for name in texts}, "outlet": "1" if form.outlet else ""}


def test_what_is_written_comes_back_as_it_was() -> None:
    listed = read_document(tables_of(fields_of(FORM), str), "form")
    assert written_of(listed, "yutu") == FORM
    assert written_of(CompanyList(), "yutu") == Written(id="yutu")


def test_relations_name_a_company_that_is_found() -> None:
    fields = {"id": "yutu", "tie0": "jv", "other0": " ", "tie3": "controls", "other3": "小星"}
    tables = tables_of(fields, {"小星": "star"}.__getitem__)
    assert tables == {"company": [], "tie": [{"company": "yutu", "tie": "controls", "other": "star"}]}


@pytest.mark.parametrize("wrong", ["", "-a", "a--b", "汽车", "a/b", "a" * 61])
def test_an_id_is_small_letters_digits_and_hyphens(wrong: str) -> None:
    with pytest.raises(ConfigError, match="a-z"):
        id_of({"id": wrong})
    assert id_of({"id": " BAIC-Motor "}) == "baic-motor"
