-- Copies of the images that posts show.

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
