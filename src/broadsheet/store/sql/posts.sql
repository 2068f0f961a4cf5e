-- name: known_entries
SELECT post.entry_id, post.id, post.entry_digest
FROM post WHERE post.feed = (SELECT num FROM feed WHERE id = :feed)
ORDER BY post.num DESC LIMIT :limit;

-- name: any_post
SELECT 1 FROM post WHERE feed = :feed LIMIT 1;

-- name: post_of_entry
SELECT num, entry_digest, digest, revision FROM post WHERE feed = :feed AND entry_id = :entry_id;

-- name: taken_ids
SELECT id FROM post WHERE id IN (SELECT value FROM texts(:ids));

-- name: free_gaps
-- For each number asked for: the first from there on that no post has, and the next after it that one has.
SELECT wanted, free, coalesce((SELECT min(num) FROM post WHERE num > free), free + 1000000)
FROM (
    SELECT value AS wanted, CASE
        WHEN EXISTS (SELECT 1 FROM post WHERE num = value) THEN (
            SELECT min(num) + 1 FROM post AS here
            WHERE num >= value AND NOT EXISTS (SELECT 1 FROM post AS next WHERE next.num = here.num + 1)
        )
        ELSE value
    END AS free
    FROM numbers(:nums)
) AS gap;

-- name: add_post
INSERT INTO post (num, id, feed, entry_id, entry_digest, digest, shown, published, updated, first_seen, changed_at,
    revision, title, summary, link, language, image, details)
VALUES (:num, :id, :feed, :entry_id, :entry_digest, :digest, :shown, :published, :updated, :seen_at, :seen_at,
    1, :title, :summary, :link, :language, :image, :details);

-- name: edit_post
UPDATE post
SET entry_digest = :entry_digest, digest = :digest, shown = :shown, updated = :updated, changed_at = :seen_at,
    revision = :revision, title = :title, summary = :summary, link = :link, language = :language, image = :image,
    details = :details
WHERE num = :num;

-- name: replace_post
UPDATE post
SET entry_digest = :entry_digest, digest = :digest, shown = :shown, updated = :updated, title = :title,
    summary = :summary, link = :link, language = :language, image = :image, details = :details
WHERE num = :num;

-- name: posts_dated_since
-- Where both are the same, the feed gave no date.
SELECT num, shown, published, updated FROM post WHERE feed = :feed AND first_seen >= :since AND published <> first_seen;

-- name: date_anew
UPDATE post SET shown = :shown, published = :published, updated = :updated WHERE num = :num;

-- name: trivial_change
UPDATE post SET entry_digest = :entry_digest WHERE num = :num;

-- name: indexed_text
SELECT post.title, coalesce(fulltext.content, revision.content)
FROM post JOIN revision ON revision.post = post.num AND revision.number = post.revision
    LEFT JOIN fulltext ON fulltext.post = post.num
WHERE post.num = :num;

-- name: post_number
SELECT num, feed, revision, entry_digest, digest, shown FROM post WHERE id = :id;

-- name: one_post
SELECT post.id, feed.id, post.entry_id, post.title, coalesce(fulltext.content, revision.content), post.summary,
    post.link, post.language, post.image, post.details, post.published, post.updated, post.first_seen, post.changed_at, post.revision,
    post.digest, CASE WHEN fulltext.content IS NOT NULL THEN fulltext.address END
FROM post JOIN feed ON feed.num = post.feed
    JOIN revision ON revision.post = post.num AND revision.number = post.revision
    LEFT JOIN fulltext ON fulltext.post = post.num
WHERE post.id = :id;

-- name: cards
SELECT post.id, feed.id, post.title, post.summary, post.language, post.image, post.published, post.revision
FROM post JOIN feed ON feed.num = post.feed
WHERE post.id IN (SELECT value FROM texts(:ids));

-- name: refs
SELECT post.id, feed.id, post.published, post.shown, coalesce(pictures.digest, 0)
FROM post JOIN feed ON feed.num = post.feed LEFT JOIN pictures ON pictures.post = post.num
ORDER BY post.num DESC;

-- name: refs_of_feed
SELECT post.id, feed.id, post.published, post.shown, coalesce(pictures.digest, 0)
FROM post JOIN feed ON feed.num = post.feed LEFT JOIN pictures ON pictures.post = post.num
WHERE post.feed = (SELECT num FROM feed WHERE id = :feed)
ORDER BY post.num DESC;
