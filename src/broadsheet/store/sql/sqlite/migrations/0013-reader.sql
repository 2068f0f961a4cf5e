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
