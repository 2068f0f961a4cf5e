-- The text of articles whose feeds carry only summaries: what feeds it is wanted for, and the pages it is read from.
ALTER TABLE feed ADD COLUMN fulltext TEXT;

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

CREATE TABLE robots (
    origin TEXT PRIMARY KEY,
    asked_at INTEGER NOT NULL,
    access TEXT NOT NULL,
    rules TEXT NOT NULL
) STRICT, WITHOUT ROWID;
