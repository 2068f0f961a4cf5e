"""All facts of one text."""

from datetime import datetime

from broadsheet.annotate.claims.claims import find_claims
from broadsheet.annotate.claims.origins import find_origins
from broadsheet.annotate.claims.passage import read_passage
from broadsheet.annotate.claims.reporters import only_reports
from broadsheet.annotate.claims.responses import find_responses
from broadsheet.annotate.dates import dates_ahead, find_dates
from broadsheet.annotate.folding import fold
from broadsheet.annotate.mentions.contexts import Bounds
from broadsheet.annotate.mentions.lookup import NameBook
from broadsheet.annotate.mentions.mentions import Setting, find_mentions
from broadsheet.annotate.moves.chinese import find_moves
from broadsheet.annotate.moves.english import find_english_moves
from broadsheet.model import Annotations


def annotate_post(text: str, language: str, published: datetime, book: NameBook) -> Annotations:
    """Find the facts in a text: its title, a newline, and what a reader sees of its body.

    Names and codes are those of the day of `published`, in its own zone, and from that day dates are reckoned; every
    span counts code points of `text`. Never raises.
    """
    folded = fold(text)
    setting = Setting(text, folded, published.date(), book, Bounds(folded))
    mentions = find_mentions(setting)
    if language.startswith("zh"):
        moves = find_moves(text, folded, mentions, setting.bounds)
    else:
        moves = find_english_moves(text, folded, mentions)
    dates = find_dates(text, folded, published.date())
    companies = [mention for mention in mentions if not only_reports(folded, mention)]
    passage = read_passage(text, folded, companies, dates_ahead(dates, published.date()))
    origins = find_origins(passage)
    return Annotations(
        language=language,
        text=text,
        mentions=tuple(mentions),
        moves=tuple(moves),
        claims=find_claims(passage, origins),
        responses=find_responses(passage),
        origins=origins,
        dates=dates,
    )
