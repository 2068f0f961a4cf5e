-- What was found in the texts of posts, and what finds posts by it.

-- Who read posts: the rules and the company book, each by its digest.
CREATE TABLE reader (
    num INTEGER PRIMARY KEY,
    rules TEXT NOT NULL,
    book TEXT NOT NULL,
    UNIQUE (rules, book)
) STRICT;

-- The facts of a post: its Annotations, in MessagePack and a Zstandard frame (RFC 8878), without the text and the words
-- that they repeat of it. `text` is the digest of that text.
CREATE TABLE facts (
    post INTEGER PRIMARY KEY REFERENCES post (num),
    reader INTEGER NOT NULL REFERENCES reader (num),
    text TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT;

CREATE INDEX facts_reader ON facts (reader);

-- Posts whose facts are of a text or a date that they no longer have, in the order of change. What arrives is known by
-- its revision instead.
CREATE TABLE unread (
    num INTEGER PRIMARY KEY,
    post INTEGER NOT NULL UNIQUE REFERENCES post (num)
) STRICT;

-- Which companies a post names, by their ids in the book.
CREATE TABLE company_post (
    company TEXT NOT NULL,
    post INTEGER NOT NULL REFERENCES post (num),
    PRIMARY KEY (company, post)
) STRICT, WITHOUT ROWID;

CREATE INDEX company_post_post ON company_post (post);

-- What kinds of facts a post has: the statuses of its claims, and "move".
CREATE TABLE fact_kind (
    kind TEXT NOT NULL,
    post INTEGER NOT NULL REFERENCES post (num),
    PRIMARY KEY (kind, post)
) STRICT, WITHOUT ROWID;

CREATE INDEX fact_kind_post ON fact_kind (post);
