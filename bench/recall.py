"""How much of what a plain scan finds a search finds: runs of one to six characters drawn from the posts themselves.

The scan knows nothing of the store: text and question in NFKC without case, and the one must stand in the other.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from random import Random
from unicodedata import normalize

from bench.news import NEWEST, Post
from broadsheet.pipeline.postfiles import import_posts
from broadsheet.store import open_store

LONGEST = 6
SPELLED = re.compile(r"(?:[^\W\d_\u0800-\U0010ffff]|[\u0300-\u036f])+|\d+(?:,\d+)*")
LETTER = r"[^\W\d_\u0800-\U0010ffff]"


def read_posts(folder: Path, scratch: Path) -> tuple[list[Post], str]:
    """The texts of the post files of a folder as readers see them, and the digest of them all."""
    if not folder.is_dir():
        return [], ""
    with open_store(str(scratch), create=True) as store:
        import_posts(store, [folder], NEWEST)
        found = [store.post(ref.id) for ref in store.refs()]
    posts = [
        Post(f"{number:08}", post.title, post.text.removeprefix(f"{post.title}\n"), NEWEST)
        for number, post in enumerate(found)
    ]
    return posts, blake2b("\0".join(post.body for post in posts).encode(), digest_size=8).hexdigest()


def draw(posts: Sequence[Post], count: int, *, cut: bool) -> list[str]:
    """Draw runs with a word character; with `cut` also those that begin or end inside a Latin word or a number."""
    random = Random(count)
    bodies = [post.body for post in posts if post.body]
    inside = [
        {at for found in SPELLED.finditer(body) for at in range(found.start() + 1, found.end())} for body in bodies
    ]
    drawn: list[str] = []
    while len(drawn) < count:
        body, cuts = random.choice(list(zip(bodies, inside, strict=True)))
        start = random.randrange(len(body))
        end = start + random.randint(1, LONGEST)
        piece = body[start:end]
        if re.search(r"[^\W_]", piece) and '"' not in _plain(piece) and (cut or not cuts & {start, end}):
            drawn.append(piece)
    return drawn


def recall(posts: Sequence[Post], questions: Iterable[str], ask: Callable[[str], set[str]], *, cut: bool) -> float:
    """The share of what scans find that a search finds, over all questions; `ask` gives the ids found."""
    wanted = got = 0
    plain = [(post.id, _plain(post.body)) for post in posts]
    for question in questions:
        pattern = scanned(question, cut=cut)
        held = {key for key, text in plain if pattern.search(text)}
        wanted += len(held)
        got += len(held & ask(question))
    return got / wanted


def scanned(question: str, *, cut: bool) -> re.Pattern[str]:
    """What a scan looks for: the question as it stands, Latin words and numbers at its ends whole unless `cut`."""
    asked = _plain(question).strip()
    if cut:
        return re.compile(re.escape(asked))
    before = {"digit": r"(?<![0-9])(?<![0-9],)", "letter": f"(?<!{LETTER})"}.get(_kind(asked[0]), "")
    after = {"digit": r"(?![0-9])(?!,[0-9])", "letter": f"(?!{LETTER})"}.get(_kind(asked[-1]), "")
    return re.compile(f"{before}{re.escape(asked)}{after}")


def _kind(char: str) -> str:
    return "digit" if char.isdecimal() else "letter" if re.match(LETTER, char) else ""


def _plain(text: str) -> str:
    return normalize("NFKC", text).casefold()
