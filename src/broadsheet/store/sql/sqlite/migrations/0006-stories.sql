-- Posts about one event: what finds them, how they are akin, the stories they make, and what people said of them.

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
