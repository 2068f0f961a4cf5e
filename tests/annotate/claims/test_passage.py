from tests.annotate.reading import read

from broadsheet.annotate.claims.passage import company_names


def test_companies_between_two_places_are_listed_in_order() -> None:
    passage = read("晨星科技与远山软件合作，北岭汽车旁观。")
    assert [mention.surface for mention in passage.named(0, 9)] == ["晨星科技", "远山软件"]
    assert [mention.surface for mention in passage.named(1, 12)] == ["远山软件"]
    assert passage.named(3, 3) == ()


def test_each_company_is_named_once_as_the_book_has_it() -> None:
    assert company_names(read("晨星科技、远山软件、晨星科技").mentions) == ("晨星科技", "远山软件")


def test_a_clause_is_given_by_its_place() -> None:
    passage = read("甲。乙，丙。")
    clause = passage.clause(1, 1)
    assert passage.text[clause.start : clause.end] == "丙"
