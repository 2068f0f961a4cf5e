"""Section pages, the index of sections, and the archive by days, months and years."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import groupby

from msgspec import Struct

from broadsheet.model import Page
from broadsheet.publish.addresses import day_folder
from broadsheet.publish.layout import Sheet, sheets
from broadsheet.publish.pages.folding import Listed, folded
from broadsheet.publish.pages.standings import found_of
from broadsheet.publish.press import Press
from broadsheet.publish.sections import Section, walk


class Tally(Struct, frozen=True):
    """A day, month or year with its address and its number of posts; a month's `weeks` are its calendar."""

    day: date
    folder: str
    count: int
    weeks: "tuple[tuple[Tally | None, ...], ...]" = ()


def section_pages(press: Press) -> Iterator[Page]:
    """Plan the index of sections, and the sheets of every section."""
    counts = {folder: len(refs) for folder, refs in press.layout.by_section.items()}
    inputs = [
        f"{section.name}\n{section.folder}\n{counts[section.folder]}" for section in walk(press.layout.sections)
    ]
    context = {"sections": press.layout.sections, "counts": counts}
    yield press.page("sections/index.html", "sections.html", inputs, lambda: context)
    for section in walk(press.layout.sections):
        for sheet in sheets(press.layout.by_section[section.folder], section.folder):
            yield _section_sheet(press, section, sheet, counts)


def _section_sheet(press: Press, section: Section, sheet: Sheet, counts: Mapping[str, int]) -> Page:
    trail = press.layout.trails[section.feeds[0]][: len(section.names)]
    newest = sheet.number is None
    inputs = [*(f"{step.name}\n{step.folder}" for step in trail), str(sheet.newer), str(sheet.older)]
    if newest:
        inputs += [str(counts[section.folder])]
        inputs += [f"{child.name}\n{child.folder}\n{counts[child.folder]}" for child in section.children]

    def context() -> Mapping[str, object]:
        return {
            "section": section,
            "trail": trail,
            "counts": counts,
            "sheet": sheet,
            "found": partial(found_of, press),
            "days": _by_day(press, folded(press, sheet.refs)),
            **press.outlets(),
        }

    inputs += press.shown(sheet.refs) + press.told(sheet.refs)
    return press.page(f"{sheet.folder}index.html", "section.html", inputs, context)


def _by_day(press: Press, listed: Sequence[Listed]) -> list[tuple[date, list[Listed]]]:
    days = groupby(listed, key=lambda one: press.theme.almanac.day_of(one.card.published))
    return [(day, list(group)) for day, group in days]


def archive_pages(press: Press) -> Iterator[Page]:
    """Plan the archive: all years, each year, each month as a calendar, and the sheets of each day."""
    months = _months(press)
    years = [
        Tally(key, day_folder(key, 1), sum(month.count for month in group))
        for key, group in ((key, list(group)) for key, group in groupby(months, _first_of_year))
    ]
    yield press.page("archive/index.html", "archive.html", _said(years), lambda: {"years": years})
    for year in years:
        yield _year_page(press, year, [month for month in months if month.day.year == year.day.year])
    for month in months:
        yield _month_page(press, month)
    for day, refs in press.layout.by_day.items():
        for sheet in sheets(refs, day_folder(day)):
            yield _day_sheet(press, day, sheet, len(refs))


def _first_of_year(month: Tally) -> date:
    return month.day.replace(month=1)


def _said(tallies: Sequence[Tally]) -> list[str]:
    return [f"{tally.folder} {tally.count}" for tally in tallies]


def _months(press: Press) -> list[Tally]:
    """Count the posts of each month, newest first, with its calendar."""
    days = sorted(((day, len(refs)) for day, refs in press.layout.by_day.items()), reverse=True)
    months = groupby(days, key=lambda counted: counted[0].replace(day=1))
    return [_month(first, dict(group)) for first, group in months]


def _month(first: date, counts: Mapping[date, int]) -> Tally:
    length = monthrange(first.year, first.month)[1]
    days = [_cell(first.replace(day=number), counts) for number in range(1, length + 1)]
    cells = [*[None] * first.weekday(), *days, *[None] * (-(first.weekday() + length) % 7)]
    weeks = tuple(tuple(cells[start : start + 7]) for start in range(0, len(cells), 7))
    return Tally(first, day_folder(first, 2), sum(counts.values()), weeks)


def _cell(day: date, counts: Mapping[date, int]) -> Tally:
    return Tally(day, day_folder(day), counts.get(day, 0))


def _year_page(press: Press, year: Tally, months: Sequence[Tally]) -> Page:
    inputs = [cell.folder + str(cell.count) for month in months for week in month.weeks for cell in week if cell]
    return press.page(f"{year.folder}index.html", "year.html", inputs, lambda: {"year": year, "months": months})


def _month_page(press: Press, month: Tally) -> Page:
    inputs = [cell.folder + str(cell.count) for week in month.weeks for cell in week if cell]
    return press.page(f"{month.folder}index.html", "month.html", inputs, lambda: {"month": month})


def _day_sheet(press: Press, day: date, sheet: Sheet, count: int) -> Page:
    inputs = [str(count) if sheet.number is None else "", str(sheet.newer), str(sheet.older)]

    def context() -> Mapping[str, object]:
        listed = folded(press, sheet.refs)
        return {"day": day, "sheet": sheet, "count": count, "listed": listed, **press.outlets()}

    inputs += press.shown(sheet.refs) + press.told(sheet.refs)
    return press.page(f"{sheet.folder}index.html", "day.html", inputs, context)
