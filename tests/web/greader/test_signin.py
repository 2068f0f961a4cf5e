"""Signing in with the secret of a token."""

import pytest
from tests.web.greader.conftest import FORM, Reader

LOGIN = "/accounts/ClientLogin"


@pytest.mark.parametrize("root", ["", "/api/greader.php"])
def test_the_secret_of_a_token_opens_the_paper_to_a_reader(reader: Reader, root: str) -> None:
    form = "service=reader&Email=me%40home&Passwd=bs_writing%20&source=newsboat&accountType=HOSTED_OR_GOOGLE"
    answer = reader.client.post(root + LOGIN, content=form, headers=FORM)
    assert answer.text.split("\n") == ["SID=bs_writing", "LSID=null", "Auth=bs_writing", ""]
    assert reader.client.get(f"{root}{LOGIN}?Email=me&Passwd=bs_writing").text == answer.text
    signed_in = Reader(reader.client, answer.text.split("Auth=")[1].strip(), f"{root}/reader/api/0/")
    assert signed_in.read("user-info?output=json")["userName"] == "样张"
    assert len(signed_in.ask("token").text) == 57


def test_guessing_has_to_wait(reader: Reader) -> None:
    guess = f"{LOGIN}?Email=me&Passwd="
    for number in range(5):
        answer = reader.client.get(f"{guess}bs_{number}")
        assert (answer.status_code, answer.text) == (401, "Error=BadAuthentication\n")
    waiting = reader.client.get(f"{guess}bs_writing")
    assert (waiting.status_code, int(waiting.headers["retry-after"]) > 800) == (429, True)


def test_a_secret_must_be_sent(reader: Reader) -> None:
    assert reader.client.get(f"{LOGIN}?Email=me").status_code == 400
