"""Days and hours as the paper's readers write them."""

from datetime import date, datetime
from gettext import NullTranslations
from zoneinfo import ZoneInfo

from msgspec import Struct


def _(message: str) -> str:
    """Mark a text for the catalogues; it is translated where it is used."""
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
DAY = _("%(day)d %(month)s %(year)d")
MONTH = _("%(month)s %(year)d")
DAY_AND_CLOCK = _("%(day)s, %(clock)s")


class Almanac(Struct, frozen=True):
    """Writes moments in the paper's zone and language; hours run from 0 to 23."""

    zone: ZoneInfo
    words: NullTranslations

    def day_of(self, moment: datetime) -> date:
        """Tell on which of the paper's days a moment falls."""
        return moment.astimezone(self.zone).date()

    def machine(self, moment: datetime) -> str:
        """Write a moment for a `datetime` attribute: RFC 3339 to the minute, with the zone's offset."""
        return moment.astimezone(self.zone).isoformat(timespec="minutes")

    def clock(self, moment: datetime) -> str:
        """Write the time of day: 08:05."""
        return f"{moment.astimezone(self.zone):%H:%M}"

    def day(self, day: date) -> str:
        """Write a date: 2022年8月26日; 26 August 2022."""
        return self._say(DAY) % {"day": day.day, "month": self._say(MONTHS[day.month - 1]), "year": day.year}

    def month(self, day: date) -> str:
        """Write a month with its year: 2022年8月; August 2022."""
        return self._say(MONTH) % {"month": self.month_name(day), "year": day.year}

    def month_name(self, day: date) -> str:
        """Write a month alone."""
        return self._say(MONTHS[day.month - 1])

    def weekday(self, day: date) -> str:
        """Name the day of the week."""
        return self._say(WEEKDAYS[day.weekday()])

    def weekdays(self) -> list[tuple[str, str]]:
        """Name all days of the week in full and in short, Monday first."""
        return [(self._say(name), self._say(short)) for name, short in zip(WEEKDAYS, SHORT, strict=True)]

    def stamp(self, moment: datetime) -> str:
        """Write the date and the time of day."""
        return self._say(DAY_AND_CLOCK) % {"day": self.day(self.day_of(moment)), "clock": self.clock(moment)}

    def _say(self, message: str) -> str:
        return self.words.gettext(message)
