"""Days and hours as the paper's readers write them."""

from datetime import date, datetime
from gettext import NullTranslations
from zoneinfo import ZoneInfo

from msgspec import Struct


def _(message: str) -> str:
    """Mark a text for the catalogues; `make_almanac` translates it."""
    return message


MONTHS = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)
WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
SHORT = (_("Mo"), _("Tu"), _("We"), _("Th"), _("Fr"), _("Sa"), _("Su"))
DATE = _("%(day)d %(month)s %(year)d")
DAY_OF_MONTH = _("%(day)d %(month)s")
MONTH_OF_YEAR = _("%(month)s %(year)d")
DATE_AND_CLOCK = _("%(date)s, %(clock)s")


class Almanac(Struct, frozen=True, kw_only=True):
    """Writes moments in the paper's zone and language; hours run from 0 to 23."""

    zone: ZoneInfo
    months: tuple[str, ...]
    weekdays: tuple[tuple[str, str], ...]
    date_form: str
    day_form: str
    month_form: str
    stamp_form: str

    def day_of(self, moment: datetime) -> date:
        """Tell on which of the paper's days a moment falls."""
        return self.local(moment).date()

    def local(self, moment: datetime) -> datetime:
        """Give a moment the paper's zone, as the writers below want it; at either end of time it stays UTC."""
        try:
            return moment.astimezone(self.zone)
        except OverflowError:
            return moment

    def machine(self, local: datetime) -> str:
        """Write a moment for a `datetime` attribute: RFC 3339 to the minute, with the zone's offset."""
        return local.isoformat(timespec="minutes")

    def clock(self, local: datetime) -> str:
        """Write the time of day: 08:05."""
        return f"{local.hour:02}:{local.minute:02}"

    def clock_or_day(self, local: datetime, today: date) -> str:
        """Write the time of day for a moment of today, else the day it was: 08:05; 25 August; 8月25日."""
        return self.clock(local) if local.date() == today else self.day_month(local)

    def day_month(self, day: date) -> str:
        """Write a day without its year: 26 August; 8月26日."""
        return self.day_form % self._parts(day)

    def full(self, day: date) -> str:
        """Write a date: 26 August 2022; 2022年8月26日."""
        return self.date_form % self._parts(day)

    def stamp(self, local: datetime) -> str:
        """Write the date and the time of day."""
        return self.stamp_form % {"date": self.full(local), "clock": self.clock(local)}

    def month(self, day: date) -> str:
        """Write a month with its year: August 2022; 2022年8月."""
        return self.month_form % self._parts(day)

    def month_name(self, day: date) -> str:
        """Write a month alone."""
        return self.months[day.month - 1]

    def weekday(self, day: date) -> str:
        """Name the day of the week."""
        return self.weekdays[day.weekday()][0]

    def _parts(self, day: date) -> dict[str, object]:
        return {"day": day.day, "month": self.months[day.month - 1], "year": day.year}


def make_almanac(zone: ZoneInfo, words: NullTranslations) -> Almanac:
    """Take an almanac's words from a catalogue; `weekdays` are pairs of the full and the short name, Monday first."""
    say = words.gettext
    return Almanac(
        zone=zone,
        months=tuple(map(say, MONTHS)),
        weekdays=tuple(zip(map(say, WEEKDAYS), map(say, SHORT), strict=True)),
        date_form=say(DATE),
        day_form=say(DAY_OF_MONTH),
        month_form=say(MONTH_OF_YEAR),
        stamp_form=say(DATE_AND_CLOCK),
    )
