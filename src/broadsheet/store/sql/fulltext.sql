-- name: want_page
INSERT INTO fulltext (post, due) VALUES (:num, :due)
ON CONFLICT (post) DO UPDATE SET due = excluded.due, tries = 0, fault = NULL;

-- name: want_page_of
INSERT INTO fulltext (post, due) SELECT num, :due FROM post WHERE id = :id
ON CONFLICT (post) DO UPDATE SET due = excluded.due, tries = 0, fault = NULL
WHERE :again AND fulltext.content IS NULL;

-- name: claim_pages
UPDATE fulltext SET due = :until
WHERE post IN (
    SELECT fulltext.post FROM fulltext
    WHERE due <= :now AND (CAST(:feeds AS TEXT) IS NULL OR (
        SELECT feed.id FROM feed JOIN post ON post.feed = feed.num WHERE post.num = fulltext.post
    ) IN (SELECT value FROM texts(:feeds)))
    ORDER BY due, post DESC LIMIT :limit
)
RETURNING post;

-- name: claimed_pages
SELECT post.id, feed.id, post.entry_id, revision.number, revision.seen_at, revision.reason, revision.content,
    revision.media_type, revision.base_url, post.link, fulltext.tries
FROM fulltext JOIN post ON post.num = fulltext.post JOIN feed ON feed.num = post.feed
    JOIN revision ON revision.post = post.num AND revision.number = post.revision
WHERE fulltext.post IN (SELECT value FROM numbers(:nums))
ORDER BY post.num DESC;

-- name: count_pages
SELECT count(*) FROM fulltext WHERE due <= :now AND (CAST(:feeds AS TEXT) IS NULL OR (
    SELECT feed.id FROM feed JOIN post ON post.feed = feed.num WHERE post.num = fulltext.post
) IN (SELECT value FROM texts(:feeds)));

-- name: settle_page
UPDATE fulltext SET due = :due, fault = :fault, tries = tries + CASE WHEN :failed THEN 1 ELSE 0 END
WHERE post = (SELECT num FROM post WHERE id = :id);

-- name: keep_page
INSERT INTO fulltext (post, due, tries, fault, address, content_type, fetched_at, details, content, page)
VALUES (:num, NULL, 0, NULL, :address, :content_type, :fetched_at, :details, :content, :page)
ON CONFLICT (post) DO UPDATE SET due = NULL, tries = 0, fault = NULL, address = excluded.address,
    content_type = excluded.content_type, fetched_at = excluded.fetched_at, details = excluded.details,
    content = excluded.content, page = excluded.page;

-- name: retitle_article
UPDATE fulltext SET content = :content WHERE post = :num;

-- name: drop_page
DELETE FROM fulltext WHERE post = :num;

-- name: article_of_post
SELECT content, details FROM fulltext WHERE post = :num AND content IS NOT NULL;

-- name: robots
SELECT origin, asked_at, access, rules FROM robots WHERE origin = :origin;

-- name: keep_robots
INSERT INTO robots (origin, asked_at, access, rules) VALUES (:origin, :asked_at, :access, :rules)
ON CONFLICT (origin) DO UPDATE SET asked_at = excluded.asked_at, access = excluded.access, rules = excluded.rules;

-- name: forget_robots
DELETE FROM robots WHERE asked_at < :before;
