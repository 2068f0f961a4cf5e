"""Made-up articles of sixteen sentences, and what outlets do to articles that they carry. One seed, one result."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from broadsheet.model import PostText

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("edits.toml").read_text("utf-8"))
LANGUAGES = tuple(WORDS)
SENTENCES = 16
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SLOTS = ("name", "person", "place", "thing")

Article = list[str]
"""Its sentences; the first is the title."""


def article(random: Random, language: str) -> Article:
    """Write an article."""
    words = WORDS[language]
    title = _filled(random, words, random.choice(words["middle"]))
    return [title, *(_sentence(random, language) for _ in range(SENTENCES))]


def in_random_words(random: Random) -> Article:
    """Write a Chinese text of random words, a few of them frequent as in every language: sense it has none."""
    lengths = [random.randint(7, 14) for _ in range(2 * SENTENCES)]
    clauses = ["".join(_word(random) for _ in range(length)) for length in lengths]
    return [clauses[0][:24], *(f"{one}，{other}。" for one, other in zip(clauses[::2], clauses[1::2], strict=True))]


def framed(_random: Random, language: str, said: Article) -> Article:
    """A line of the outlet's before the text, and one behind it."""
    before, after = WORDS[language]["frame"]
    return [said[0], before, *said[1:], after]


def cut(random: Random, _language: str, said: Article) -> Article:
    """A fifth of the sentences are gone."""
    gone = set(random.sample(range(1, len(said)), (len(said) - 1) // 5))
    return [sentence for place, sentence in enumerate(said) if place not in gone]


def slips(random: Random, language: str, said: Article) -> Article:
    """Two in a hundred characters (in English: words) are others."""
    return _changed(random, language, said, 0.02)


def rewritten(random: Random, language: str, said: Article) -> Article:
    """Eight in a hundred characters (in English: words) are others."""
    return _changed(random, language, said, 0.08)


def excerpt(random: Random, _language: str, said: Article) -> Article:
    """Three tenths of the sentences, in a row."""
    count = round(0.3 * (len(said) - 1))
    start = random.randrange(1, len(said) - count)
    return said[start : start + count]


def inside(random: Random, language: str, said: Article) -> Article:
    """The whole text inside another of three quarters its length."""
    count = round(0.75 * len(said))
    own = [_sentence(random, language) for _ in range(count)]
    start = random.randrange(count)
    return [*own[:start], *said, *own[start:]]


def reordered(random: Random, _language: str, said: Article) -> Article:
    """The sentences in another order."""
    return [said[0], *random.sample(said[1:], len(said) - 1)]


EDITS: Mapping[str, Callable[[Random, str, Article], Article]] = {
    "header and footer added": framed,
    "a fifth of the sentences cut": cut,
    "2 % changed": slips,
    "8 % changed": rewritten,
    "30 % excerpt": excerpt,
    "inside 75 % of other text": inside,
    "sentences reordered": reordered,
}


def originals(language: str, count: int, seed: int = 7) -> list[Article]:
    """Articles that have nothing to do with each other."""
    random = Random(f"{seed} {language}")
    return [article(random, language) for _ in range(count)]


def edited(language: str, said: list[Article], edit: str, seed: int = 7) -> list[Article]:
    """Each article once more, edited."""
    random = Random(f"{seed} {language} {edit}")
    return [EDITS[edit](random, language, one) for one in said]


def post(name: str, language: str, said: Article, hours: float = 0) -> PostText:
    """An article as a post of a feed of its own."""
    joined = _gap(language).join(said[1:])
    return PostText(
        post_id=name,
        feed_id=f"feed of {name}",
        published=NOON + timedelta(hours=hours),
        language=language,
        title=said[0],
        text=f"{said[0]}\n{joined}",
    )


def _word(random: Random) -> str:
    """Two characters of 6,000 such words; the rank of a word follows Zipf's law, nearly."""
    rank = int(6000 ** random.random()) - 1
    return chr(0x4E00 + rank * 37 % 5000) + chr(0x4E00 + rank * 61 % 4999)


def _sentence(random: Random, language: str) -> str:
    words = WORDS[language]
    parts = (_filled(random, words, random.choice(words[part])) for part in ("opening", "middle", "ending"))
    sentence = (_gap(language) or "，").join(parts)
    return sentence[0].upper() + sentence[1:]


def _filled(random: Random, words: Mapping[str, list[str]], text: str) -> str:
    for slot in SLOTS:
        while f"{{{slot}}}" in text:
            whole = random.choice(words[f"{slot}_heads"]) + random.choice(words[f"{slot}_tails"])
            text = text.replace(f"{{{slot}}}", whole, 1)
    return text.replace("{count}", str(random.randint(3, 998)))


def _changed(random: Random, language: str, said: Article, share: float) -> Article:
    """Put others of the same language in the place of characters or words, wherever they stand."""
    stock = [unit for sentence in article(random, language) for unit in _units(sentence, language)]
    changed = (
        [random.choice(stock) if random.random() < share else unit for unit in _units(sentence, language)]
        for sentence in said
    )
    return [_gap(language).join(units) for units in changed]


def _units(sentence: str, language: str) -> list[str]:
    return list(sentence) if language == "zh" else sentence.split(" ")


def _gap(language: str) -> str:
    return "" if language == "zh" else " "
