"""The company book in the live reader."""

from typing import Any

import pytest
from tests.web.conftest import NOW, Client, csrf_of, post

from broadsheet.store import Store
from broadsheet.web.reader import companies
from broadsheet.web.reader.byhand import SOURCE

PAGE = {"accept": "text/html"}
LIST = b"code,name\n699901.SH,\xe7\x8e\x89\xe5\x85\x94\xe7\xa7\x91\xe6\x8a\x80\n699999.ZZ,Nowhere\n"


def found(client: Client, question: str) -> str:
    return client.get("/my/companies/", params={"q": question}, headers=PAGE).text


def send(client: Client, body: bytes, name: str = "mine.csv", **fields: str) -> Any:
    headers = {"sec-fetch-site": "same-origin", **PAGE}
    sent = {"csrf": csrf_of(client), **fields}
    return client.post("/my/companies/import", data=sent, files={"list": (name, body)}, headers=headers)


def test_companies_are_found_by_name_code_and_id(client: Client) -> None:
    for question in ("小米", "1810.HK", "xiaomi"):
        assert 'href="../../my/companies/xiaomi/"' in found(client, question)
    assert "公司簿里没有" in found(client, "没有这家公司")


def test_many_companies_are_cut_off(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(companies, "MOST_FOUND", 2)
    page = found(client, "汽车")
    assert "还有更多" in page
    assert page.count("<li data-nav>") == 2


def test_a_company_is_shown_whole(client: Client) -> None:
    page = client.get("/my/companies/baic-bluepark/", headers=PAGE).text
    for said in ("北汽蓝谷", "前锋股份", "600733.SH", "Broadsheet 自带"):
        assert said in page
    assert client.get("/my/companies/nobody/", headers=PAGE).status_code == 404


def test_a_company_is_added_by_hand_and_taken_back(client: Client, store: Store) -> None:
    names = {"zh": "玉兔科技\n 玉兔 ", "en": "Yutu", "former": "月兔股份 2018-09", "common": "玉兔"}
    tie = {"tie0": "parent", "other0": "小米", "source0": "年报"}
    page = post(client, "/my/companies/keep", id="yutu", codes="699901.SH", outlet="1", **names, **tie).text
    assert "新增" in page
    company = store.companies.company("yutu")
    assert [(name.text, name.kind) for name in company.names] == [
        ("玉兔科技", "short"),
        ("玉兔", "short"),
        ("Yutu", "short"),
        ("月兔股份", "former"),
    ]
    assert company.outlet
    (own,) = [one for one in store.companies.book().ties if one.company == "yutu"]
    assert (own.tie, own.other, own.source) == ("parent", "xiaomi", "年报")
    form = client.get("/my/companies/yutu/", headers=PAGE).text
    for said in ("月兔股份 2018-09-01</textarea>", "699901.SH XSHG</textarea>", 'value="xiaomi"', SOURCE):
        assert said in form
    assert "移除" in post(client, "/my/companies/keep", id="yutu").text
    assert found(client, "yutu").count("没有") == 1


def test_a_company_of_the_book_is_corrected(client: Client, store: Store) -> None:
    page = post(client, "/my/companies/keep", id="xiaomi", wrong="小米公司", zh="小米").text
    assert "改动" in page
    names = {name.text for name in store.companies.company("xiaomi").names}
    assert "小米公司" not in names
    assert names >= {"小米", "小米集团"}
    post(client, "/my/companies/keep", id="yutu", zh="玉兔")
    assert {one.id for one in store.companies.listed(SOURCE).companies} == {"xiaomi", "yutu"}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"id": "../x"}, "a-z"),
        ({"id": "yutu", "zh": "玉兔", "other0": "没有这家", "tie0": "parent"}, "add it first"),
        ({"id": "yutu", "zh": "玉兔", "other0": "汽车", "tie0": "parent"}, "say which by its id"),
        ({"id": "yutu", "zh": "玉兔", "other0": "xiaomi", "tie0": "friend"}, "friend"),
        ({"id": "yutu", "former": "月兔 2018-13"}, "2018-13"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_reason(client: Client, fields: dict[str, str], said: str) -> None:
    answer = post(client, "/my/companies/keep", **fields)
    assert (answer.status_code, said in answer.text) == (400, True)


def test_a_list_is_tried_imported_and_told(client: Client, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = send(client, LIST, **{"try": "1"}).text
    assert "未保存" in tried
    assert store.companies.lists() == []
    told = send(client, LIST).text
    for said in ("已保存：mine.csv", "新增", "玉兔科技", "存疑", "699999.ZZ"):
        assert said in told
    assert [(one.source, one.imported_at) for one in store.companies.lists()] == [("mine.csv", NOW)]
    assert "没有变化" in send(client, LIST).text
    assert send(client, b"nothing").status_code == 400
    monkeypatch.setattr(companies, "LARGEST_LIST", 10)
    assert send(client, LIST).status_code == 400


def test_a_list_is_taken_away(client: Client, store: Store) -> None:
    assert "移除" in send(client, LIST).text
    told = post(client, "/my/companies/forget", source="mine.csv").text
    assert "已移除：mine.csv" in told
    assert store.companies.lists() == []
    assert post(client, "/my/companies/forget", source="mine.csv").status_code == 404


def test_what_was_written_here_is_taken_back_company_by_company(client: Client) -> None:
    post(client, "/my/companies/keep", id="yutu", zh="玉兔科技")
    assert "my/companies/forget" not in client.get("/my/companies/", headers=PAGE).text


def test_a_long_report_is_cut_off(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(companies, "MOST_TOLD", 1)
    assert "还有 1 条" in send(client, b"code,name\n699901.SH,A Fine\n699902.SH,B Fine\n").text
