"""Made-up Chinese posts for search: words of realistic frequency, one in twenty in traditional characters.

Words of one to four characters are drawn once; a hundred characters make half of all text, a thousand nine tenths.
A text draws half of its words by rank (Zipf's law) and half from the few dozen that it is about, as texts do: of a
thousand characters some 330 are distinct. The same seed gives the same posts, always.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import NamedTuple

COMMON = ("的", "了", "在", "是", "和", "有", "为", "将", "公司", "今年", "市场", "中国", "新能源", "发布", "表示")
LATIN = ("AI", "iPhone", "Mate70Pro", "GPT-5", "5G", "12.8%", "1,299", "2026", "600733", "1958.HK", "OpenAI", "km/h")
STOPS = "，，，。。、；：\n"
WORDS = 40_000
SUBJECT = 40  # words that a text is about
NEWEST = datetime(2026, 11, 20, 8, tzinfo=UTC)


class Post(NamedTuple):
    """A post as it is searched."""

    id: str
    title: str
    body: str
    published: datetime


def make_posts(count: int, length: int = 900, seed: int = 20261126) -> Iterator[Post]:
    """Make posts of some `length` characters, oldest first, ten minutes apart."""
    import opencc

    random = Random(seed)
    words = vocabulary(random)
    weights = weights_of(words)
    traditional = opencc.OpenCC("s2t")
    for number in range(count):
        size = int(length * random.uniform(0.1, 0.4))
        subject = random.choices(words, cum_weights=weights, k=SUBJECT)
        drawn = [*random.choices(words, cum_weights=weights, k=size), *random.choices(subject, k=size)]
        random.shuffle(drawn)
        title, body = "".join(drawn[:9]), "".join(_stopped(random, drawn[9:]))
        if number % 20 == 0:
            title, body = traditional.convert(title), traditional.convert(body)
        yield Post(f"{number:08}", title, body, NEWEST - timedelta(minutes=10 * (count - number)))


def make_words(count: int, seed: int = 20261126) -> list[str]:
    """Words of such posts, as often as texts have them."""
    random = Random(seed)
    words = vocabulary(random)
    return random.choices(words, cum_weights=weights_of(words), k=count)


def weights_of(words: list[str]) -> list[float]:
    return list(accumulate(1 / rank for rank in range(2, len(words) + 2)))


def vocabulary(random: Random) -> list[str]:
    """Words in order of rank: common ones first, Latin and numbers among the others."""
    characters = [bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFF)]
    random.shuffle(characters)
    weights = list(accumulate((rank + 100) ** -1.8 for rank in range(len(characters))))
    made = dict.fromkeys(COMMON)
    while len(made) < WORDS:
        size = random.choices((1, 2, 3, 4), weights=(5, 75, 12, 8))[0]
        made["".join(random.choices(characters, cum_weights=weights, k=size))] = None
    words = list(made)
    for rank, word in enumerate(LATIN):
        words.insert(40 + 25 * rank, word)
    return words


def _stopped(random: Random, words: list[str]) -> Iterator[str]:
    for word in words:
        yield word
        if random.random() < 0.12:
            yield random.choice(STOPS)
