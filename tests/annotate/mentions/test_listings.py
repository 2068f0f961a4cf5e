"""Which listing a text means."""

from datetime import date

from broadsheet.annotate.mentions.listings import choose_listing, listings_on, markets_named
from broadsheet.model import Company, CompanyName, Security

FIRM = Company(
    id="x",
    names=(CompanyName(text="某股份"),),
    securities=(
        Security(code="X.US", mic="XNYS", listed=date(2018, 1, 1), delisted=date(2022, 1, 1)),
        Security(code="9000.HK", mic="XHKG", listed=date(2020, 1, 1)),
    ),
)


def test_only_what_was_listed_on_the_day_counts() -> None:
    codes = {
        year: [security.code for security in listings_on(FIRM, date(year, 6, 1))] for year in (2017, 2019, 2021, 2022)
    }
    assert codes == {2017: [], 2019: ["X.US"], 2021: ["X.US", "9000.HK"], 2022: ["9000.HK"]}


def test_the_nearest_words_that_tell_markets_apart_decide() -> None:
    both = listings_on(FIRM, date(2021, 6, 1))
    assert choose_listing(both, [markets_named("没有"), markets_named("港股走强")]) == "9000.HK"
    assert choose_listing(both, [markets_named("a股")]) == "X.US"
    assert choose_listing((), []) is None
