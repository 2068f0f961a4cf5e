-- The store as it is today. A new store is made from this file; an old one gets here by the numbered migrations,
-- and a test holds the two equal. Moments are microseconds since 1970-01-01 UTC, digests are hexadecimal.

CREATE TABLE migration (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- `due` is what was decided, `leased_until` who is at work: a poll in progress never disturbs the schedule.
CREATE TABLE feed (
    num INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    address TEXT NOT NULL UNIQUE,
    host TEXT NOT NULL,
    section TEXT NOT NULL,
    name TEXT,
    title TEXT,
    link TEXT,
    language TEXT,
    zone TEXT,
    added_at INTEGER NOT NULL,
    standing TEXT NOT NULL,
    due INTEGER,
    leased_until INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL,
    fulltext TEXT
) STRICT;

CREATE INDEX feed_due ON feed (due, leased_until) WHERE standing = 'active';
CREATE INDEX feed_host ON feed (host);

-- `num` is the moment of publication in milliseconds, or the next free number: the table stands in newspaper order.
CREATE TABLE post (
    num INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    feed INTEGER NOT NULL REFERENCES feed (num),
    entry_id TEXT NOT NULL,
    entry_digest TEXT NOT NULL,
    digest TEXT NOT NULL,
    shown TEXT NOT NULL,
    published INTEGER NOT NULL,
    updated INTEGER,
    first_seen INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    link TEXT,
    language TEXT,
    image TEXT,
    details TEXT NOT NULL,
    UNIQUE (feed, entry_id)
) STRICT;

CREATE INDEX post_of_feed ON post (feed, num);

-- What a post was made from and what it became, each time it was new or edited: written in the order of arrival, kept
-- for ever. `content` is a MessagePack array of three in one Zstandard frame (RFC 8878), for they say much the same: the
-- original (bytes), its HTML and its text; the last two are nil where an older Broadsheet did not keep them.
CREATE TABLE revision (
    id INTEGER PRIMARY KEY,
    post INTEGER NOT NULL REFERENCES post (num),
    number INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    media_type TEXT NOT NULL,
    base_url TEXT,
    content BLOB NOT NULL,
    UNIQUE (post, number)
) STRICT;

-- Every image that a post shows, by its address. `due` is when to ask for it, null once there is a copy or it was
-- given up; `failures` counts those in a row.
CREATE TABLE image (
    num INTEGER PRIMARY KEY,
    address TEXT NOT NULL UNIQUE,
    due INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    failure TEXT,
    copy INTEGER REFERENCES image_copy (num)
) STRICT;

CREATE INDEX image_due ON image (failures, due DESC, num DESC) WHERE copy IS NULL;

-- The files of the archive, in the order in which they were kept; `bytes` counts the variants too.
CREATE TABLE image_copy (
    num INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    size INTEGER NOT NULL,
    phash TEXT NOT NULL,
    variants TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    kept_at INTEGER NOT NULL
) STRICT;

CREATE TABLE post_image (
    image INTEGER NOT NULL REFERENCES image (num),
    post INTEGER NOT NULL REFERENCES post (num),
    PRIMARY KEY (image, post)
) STRICT, WITHOUT ROWID;

-- Which copies a post shows, as one number that changes with them; apart from `post`, which polls write.
CREATE TABLE pictures (
    post INTEGER PRIMARY KEY REFERENCES post (num),
    digest INTEGER NOT NULL
) STRICT;

-- The articles of posts whose feeds carry only summaries. A page is asked for when it is `due`; once it is read,
-- `content` is shown in place of the feed's own text: a frame as in `revision`. `page` is what it was read from,
-- compressed likewise.
CREATE TABLE fulltext (
    post INTEGER PRIMARY KEY REFERENCES post (num),
    due INTEGER,
    tries INTEGER NOT NULL DEFAULT 0,
    fault TEXT,
    address TEXT,
    content_type TEXT,
    fetched_at INTEGER,
    details TEXT,
    content BLOB,
    page BLOB
) STRICT;

CREATE INDEX fulltext_due ON fulltext (due) WHERE due IS NOT NULL;

-- What finds a post's kin: its Sketch, in MessagePack.
CREATE TABLE sketch (
    post INTEGER PRIMARY KEY REFERENCES post (num),
    published INTEGER NOT NULL,
    content BLOB NOT NULL
) STRICT;

CREATE INDEX sketch_published ON sketch (published);

-- Posts whose sketch is of a text or a date that they no longer have, in the order of change. What arrives is known by
-- its revision instead.
CREATE TABLE unsketched (
    num INTEGER PRIMARY KEY,
    post INTEGER NOT NULL UNIQUE REFERENCES post (num)
) STRICT;

-- Two posts that are akin, the earlier first. `reasons` is a MessagePack array.
CREATE TABLE edge (
    first INTEGER NOT NULL REFERENCES post (num),
    second INTEGER NOT NULL REFERENCES post (num),
    relation TEXT NOT NULL,
    score REAL NOT NULL,
    share REAL,
    reasons BLOB NOT NULL,
    PRIMARY KEY (first, second)
) STRICT, WITHOUT ROWID;

CREATE INDEX edge_second ON edge (second);

-- Posts whose edges, or what people said of them, changed since stories were made of them.
CREATE TABLE unjoined (
    post INTEGER PRIMARY KEY REFERENCES post (num)
) STRICT;

-- What people said of two posts: together or apart. It outlives every rework.
CREATE TABLE judgement (
    first INTEGER NOT NULL REFERENCES post (num),
    second INTEGER NOT NULL REFERENCES post (num),
    verdict TEXT NOT NULL,
    PRIMARY KEY (first, second)
) STRICT, WITHOUT ROWID;

CREATE INDEX judgement_second ON judgement (second);

-- `digest` is of what makes these posts one story. `background` is a MessagePack array of older posts about the same
-- parties, null until they were looked for.
CREATE TABLE story (
    num INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title_of INTEGER NOT NULL REFERENCES post (num),
    pinned INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    digest TEXT NOT NULL,
    background BLOB
) STRICT;

CREATE INDEX story_bare ON story (num) WHERE background IS NULL;

CREATE TABLE story_post (
    post INTEGER PRIMARY KEY REFERENCES post (num),
    story INTEGER NOT NULL REFERENCES story (num),
    role TEXT NOT NULL,
    source INTEGER REFERENCES post (num),
    share REAL
) STRICT;

CREATE INDEX story_post_story ON story_post (story);

-- Stories that may be the same, each pair both ways round.
CREATE TABLE story_suggested (
    story INTEGER NOT NULL REFERENCES story (num),
    other INTEGER NOT NULL REFERENCES story (num),
    score REAL NOT NULL,
    PRIMARY KEY (story, other)
) STRICT, WITHOUT ROWID;

-- Stories that are no more, with the one that each went into; null where it fell apart.
CREATE TABLE story_moved (
    id TEXT PRIMARY KEY,
    story TEXT
) STRICT, WITHOUT ROWID;

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

-- What web servers said to robots, for a day.
CREATE TABLE robots (
    origin TEXT PRIMARY KEY,
    asked_at INTEGER NOT NULL,
    access TEXT NOT NULL,
    rules TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- An entry: its LedgerEntry, in MessagePack and a Zstandard frame (RFC 8878). `changed_at` is when it last became other
-- than it was.
CREATE TABLE ledger (
    num INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    status TEXT NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    content BLOB NOT NULL
) STRICT;

CREATE INDEX ledger_last ON ledger (last_at);

CREATE TABLE ledger_post (
    post INTEGER NOT NULL REFERENCES post (num),
    entry INTEGER NOT NULL REFERENCES ledger (num),
    PRIMARY KEY (post, entry)
) STRICT, WITHOUT ROWID;

CREATE INDEX ledger_post_entry ON ledger_post (entry);

CREATE TABLE ledger_company (
    company TEXT NOT NULL,
    entry INTEGER NOT NULL REFERENCES ledger (num),
    PRIMARY KEY (company, entry)
) STRICT, WITHOUT ROWID;

CREATE INDEX ledger_company_entry ON ledger_company (entry);

CREATE TABLE ledger_story (
    story TEXT NOT NULL,
    entry INTEGER NOT NULL REFERENCES ledger (num),
    PRIMARY KEY (story, entry)
) STRICT, WITHOUT ROWID;

CREATE INDEX ledger_story_entry ON ledger_story (entry);

-- What finds the entries that a claim may belong to.
CREATE TABLE ledger_key (
    key TEXT NOT NULL,
    entry INTEGER NOT NULL REFERENCES ledger (num),
    PRIMARY KEY (key, entry)
) STRICT, WITHOUT ROWID;

CREATE INDEX ledger_key_entry ON ledger_key (entry);

-- What became of entries, in order: from which status to which (null where it is new), by which step (MessagePack).
CREATE TABLE ledger_change (
    num INTEGER PRIMARY KEY AUTOINCREMENT,
    entry TEXT NOT NULL,
    at INTEGER NOT NULL,
    before TEXT,
    after TEXT NOT NULL,
    step BLOB NOT NULL
) STRICT;

CREATE INDEX ledger_change_at ON ledger_change (at);

-- Posts whose facts or whose story changed since the ledger was kept, in the order of change.
CREATE TABLE unledgered (
    num INTEGER PRIMARY KEY AUTOINCREMENT,
    post INTEGER NOT NULL UNIQUE REFERENCES post (num)
) STRICT;

-- Prices of securities: what each source says of a session, raw and adjusted apart. A day is counted from the year 1, as
-- Python does.
CREATE TABLE bar (
    security TEXT NOT NULL,
    day INTEGER NOT NULL,
    adjusted INTEGER NOT NULL,
    source TEXT NOT NULL,
    open REAL NOT NULL,
    high REAL NOT NULL,
    low REAL NOT NULL,
    close REAL NOT NULL,
    previous_close REAL,
    volume REAL,
    PRIMARY KEY (security, day, adjusted, source)
) STRICT, WITHOUT ROWID;

-- Securities with bars: `digest` is of all that is said of one.
CREATE TABLE priced (
    security TEXT PRIMARY KEY,
    digest TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- A watch, in MessagePack; of changes up to the number `heard` its webhook is told already, or will be.
CREATE TABLE watch (
    num INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    heard INTEGER NOT NULL,
    content BLOB NOT NULL
) STRICT;

-- Changes that a webhook is to be told of, each once; gone when it was.
CREATE TABLE delivery (
    watch INTEGER NOT NULL REFERENCES watch (num),
    change INTEGER NOT NULL,
    due INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (watch, change)
) STRICT, WITHOUT ROWID;

CREATE INDEX delivery_due ON delivery (due);

-- Tokens are made by fold.py, separated by spaces: `ascii` takes every other character as it comes.
-- Without content of its own, so it holds each text once less; rowid is `post.num`. What is longest comes first: every
-- other column costs two bytes for each of its words. `marks` are words nobody can type: what a post is searched by
-- besides its text.
CREATE VIRTUAL TABLE search USING fts5 (body, title, marks, content = '', tokenize = 'ascii');
INSERT INTO search (search, rank) VALUES ('hashsize', 16777216);
INSERT INTO search (search, rank) VALUES ('automerge', 8);

-- Lists of companies that were imported, a row for each source; `ties` is a MessagePack array of CompanyTie. What is
-- `own` was written by hand and stands above the others.
CREATE TABLE company_list (
    num INTEGER PRIMARY KEY,
    source TEXT NOT NULL UNIQUE,
    own INTEGER NOT NULL,
    imported_at INTEGER NOT NULL,
    digest TEXT NOT NULL,
    ties BLOB NOT NULL
) STRICT;

-- What a list says of a company, in the order of the list: a Company, in MessagePack.
CREATE TABLE listed_company (
    list INTEGER NOT NULL REFERENCES company_list (num),
    id TEXT NOT NULL,
    place INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (list, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX listed_company_id ON listed_company (id);

-- What a reader did with posts, a row for each that bears a mark; `feed` is the post's, so that counting needs no posts.
CREATE TABLE mark (
    post INTEGER PRIMARY KEY REFERENCES post (num),
    feed INTEGER NOT NULL REFERENCES feed (num),
    read_at INTEGER,
    starred_at INTEGER,
    noted_at INTEGER,
    note TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX mark_read ON mark (feed) WHERE read_at IS NOT NULL;
CREATE INDEX mark_starred ON mark (post) WHERE starred_at IS NOT NULL;
CREATE INDEX mark_noted ON mark (post) WHERE note <> '';

CREATE TABLE tag (
    name TEXT NOT NULL,
    post INTEGER NOT NULL REFERENCES post (num),
    PRIMARY KEY (name, post)
) STRICT, WITHOUT ROWID;

CREATE INDEX tag_post ON tag (post);

-- Keys of the live reader. Secrets are not here: `digest` is of 256 random bits.
CREATE TABLE session (
    digest TEXT PRIMARY KEY,
    csrf TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    agent TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE token (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    used_at INTEGER,
    expires_at INTEGER
) STRICT, WITHOUT ROWID;
