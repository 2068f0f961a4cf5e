-- One frame for the original, the HTML and the text of a revision: half the bytes, and written where the last one ended.
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

INSERT INTO revision (id, post, number, seen_at, reason, media_type, base_url, content)
SELECT original.id, original.post, original.number, original.seen_at, original.reason, original.media_type,
    original.base_url, revision_content(original.body, body.content)
FROM original
    JOIN post ON post.num = original.post
    LEFT JOIN body ON body.num = original.post AND original.number = post.revision;

DROP TABLE original;
DROP TABLE body;
