-- Claims across posts and stories: each one entry with its life, what finds it, and how it changed.

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
