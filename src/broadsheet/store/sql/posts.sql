-- name: known_entries
SELECT post.entry_id, post.id, post.entry_digest
FROM post WHERE post.feed = (SELECT num FROM feed WHERE id = :feed)
ORDER BY post.num DESC LIMIT :limit;

-- name: any_post
SELECT 1 FROM post WHERE feed = :feed LIMIT 1;

-- name: post_of_entry
SELECT num, entry_digest, digest, revision FROM post WHERE feed = :feed AND entry_id = :entry_id;

-- name: taken_numbers
SELECT num FROM post WHERE num IN (SELECT value FROM json_each(:nums));

-- name: taken_ids
SELECT id FROM post WHERE id IN (SELECT value FROM json_each(:ids));

-- name: next_free_number
SELECT CASE
    WHEN EXISTS (SELECT 1 FROM post WHERE num = :num) THEN (
        SELECT min(num) + 1 FROM post AS here
        WHERE num >= :num AND NOT EXISTS (SELECT 1 FROM post AS next WHERE next.num = here.num + 1)
    )
    ELSE :num
END;

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

-- name: trivial_change
UPDATE post SET entry_digest = :entry_digest WHERE num = :num;

-- name: add_body
INSERT INTO body (num, content) VALUES (:num, :content);

-- name: edit_body
UPDATE body SET content = :content WHERE num = :num;

-- name: indexed_text
SELECT post.title, body.content FROM post JOIN body USING (num) WHERE num = :num;

-- name: post_number
SELECT num, entry_digest, digest, shown FROM post WHERE id = :id;

-- name: one_post
SELECT post.id, feed.id, post.entry_id, post.title, body.content, post.summary, post.link, post.language,
    post.image, post.details, post.published, post.updated, post.first_seen, post.changed_at, post.revision,
    post.digest
FROM post JOIN feed ON feed.num = post.feed JOIN body ON body.num = post.num
WHERE post.id = :id;

-- name: cards
SELECT post.id, feed.id, post.title, post.summary, post.language, post.image, post.published, post.revision
FROM post JOIN feed ON feed.num = post.feed
WHERE post.id IN (SELECT value FROM json_each(:ids));

-- name: refs
SELECT post.id, feed.id, post.published, post.shown
FROM post JOIN feed ON feed.num = post.feed
ORDER BY post.num DESC;

-- name: refs_of_feed
SELECT post.id, feed.id, post.published, post.shown
FROM post JOIN feed ON feed.num = post.feed
WHERE post.feed = (SELECT num FROM feed WHERE id = :feed)
ORDER BY post.num DESC;
