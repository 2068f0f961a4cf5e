from broadsheet.annotate.tables import rows, words


def test_rows_are_divided_by_tabs_and_remarks_are_left_out() -> None:
    table = rows("hedges_zh")
    assert all(len(row) == 4 for row in table)
    assert not any(row[0].startswith("#") for row in table)


def test_words_of_a_kind_come_longest_first() -> None:
    assert words("hedges_zh", "no such kind") == ()
