-- name: add_revision
INSERT INTO revision (post, number, seen_at, reason, media_type, base_url, content)
VALUES (:num, :revision, :seen_at, :reason, :media_type, :base_url, :content);

-- name: replace_content
UPDATE revision SET content = :content
WHERE post = :num AND number = (SELECT revision FROM post WHERE num = :num);

-- name: versions_of_post
SELECT revision.number, revision.seen_at, revision.reason, revision.content
FROM revision JOIN post ON post.num = revision.post
WHERE post.id = :post ORDER BY revision.number;

-- name: originals_of_post
SELECT post.id, feed.id, post.entry_id, revision.number, revision.seen_at, revision.reason, revision.content,
    revision.media_type, revision.base_url, NULL, NULL, NULL, NULL
FROM revision JOIN post ON post.num = revision.post JOIN feed ON feed.num = post.feed
WHERE post.id = :post ORDER BY revision.number;

-- name: latest_originals
SELECT post.id, feed.id, post.entry_id, revision.number, revision.seen_at, revision.reason, revision.content,
    revision.media_type, revision.base_url, fulltext.address, fulltext.content_type, fulltext.fetched_at,
    fulltext.page
FROM post JOIN revision ON revision.post = post.num AND revision.number = post.revision
    JOIN feed ON feed.num = post.feed
    LEFT JOIN fulltext ON fulltext.post = post.num
WHERE post.id > :after ORDER BY post.id LIMIT :limit;
