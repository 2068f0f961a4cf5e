"""Questions as conditions of SQL: what was typed is always a value."""

from broadsheet.store.search.conditions import array, chosen, matched, narrowed, spaced
from broadsheet.store.search.query import Among, Both, parse_query
from broadsheet.store.search.terms import Narrowing
from broadsheet.store.search.textindex import Bounds

MEANT = {Among("feed", "here"): [7, 8]}


def sql(question: str) -> str:
    return matched(parse_query(question).root, MEANT, Bounds()).sql


def test_words_stand_between_spaces() -> None:
    assert spaced(["小", "米"]) == " 小 米 "
    assert spaced(["new", "yor"], going_on=True) == " new yor"
    assert spaced([]) == " "
    assert matched(parse_query("小米").root, {}, Bounds()).values == {"v0": " 小 米 "}
    assert matched(parse_query("小米 new*").root, {}, Bounds()).values == {"v0": ["% 小 米 %", "% new%"]}


def test_words_side_by_side_are_one_value() -> None:
    assert sql("小 米 车") == "(words LIKE ALL (CAST(:v0 AS text[])))"
    assert sql("小 or 米 or title:车") == (
        "((strpos(split_part(words, '  ', 1) || ' ', :v0) > 0 OR words LIKE ANY (CAST(:v1 AS text[]))))"
    )


def test_what_is_not_wanted_and_feeds_have_their_conditions() -> None:
    assert sql("feed:here -小 -title:米") == (
        "(feed = ANY (CAST(:v0 AS bigint[]))"
        " AND NOT (strpos(split_part(words, '  ', 1) || ' ', :v1) > 0 OR strpos(words, :v2) > 0))"
    )
    assert matched(Among("feed", "here"), MEANT, Bounds()).values == {"v0": "{7,8}"}


def test_an_empty_question_is_true_and_days_come_to_any() -> None:
    assert sql("") == "true"
    of_days = matched(parse_query("小").root, {}, Bounds(since=5))
    assert of_days.sql.endswith("published < :until FROM post WHERE num = search.post)")
    assert of_days.values == {"v0": " 小 ", "since": 5, "until": Bounds().until}


def test_nothing_typed_is_sql() -> None:
    plain = matched(parse_query("a (c or d) -e g*").root, {}, Bounds())
    hostile = matched(parse_query("'; (\\' or d_) -x'--y %${f}'*").root, {}, Bounds())
    assert "'" not in hostile.sql
    assert set(hostile.sql) <= set(plain.sql) | set("0123456789")


def test_numbers_are_all_or_some() -> None:
    assert narrowed(Narrowing()) is None
    found = narrowed(Narrowing(every=(1, -2), some=((3, 4), ())))
    assert found is not None
    assert found.sql == (
        "terms @> CAST(:every AS integer[])"
        " AND terms && CAST(:some0 AS integer[]) AND terms && CAST(:some1 AS integer[])"
    )
    assert found.values == {"every": "{1,-2}", "some0": "{3,4}", "some1": "{}"}
    assert array([]) == "{}"


def test_many_words_make_a_short_condition() -> None:
    assert len(sql(" ".join(f"w{number}" for number in range(10_000)))) < 100
    assert len(sql(" or ".join(f"w{number}" for number in range(10_000)))) < 100
    assert len(sql(" -".join(f"w{number}" for number in range(10_000)))) < 200
    assert len(sql("(" * 200 + "a -b" + ")" * 200)) < 200


def test_choices_are_an_array_of_truths_with_values_of_their_own() -> None:
    one, other = (parse_query(question).root for question in ("a b", "c -d"))
    assert chosen([], {}).sql == "CAST(ARRAY[] AS boolean[])"
    found = chosen([(one,), (one, other)], {})
    assert found.sql.startswith("CAST(ARRAY[(")
    assert set(found.values) == {"choice0", "choice1", "choice2", "choice3"}
    assert not set(found.values) & set(matched(Both((one, other)), {}, Bounds()).values)
