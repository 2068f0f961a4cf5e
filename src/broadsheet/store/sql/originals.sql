-- name: add_original
INSERT INTO original (post, number, seen_at, reason, media_type, base_url, body)
VALUES (:num, :revision, :seen_at, :reason, :media_type, :base_url, :original);

-- name: originals_of_post
SELECT post.id, feed.id, post.entry_id, original.number, original.seen_at, original.reason, original.body,
    original.media_type, original.base_url
FROM original JOIN post ON post.num = original.post JOIN feed ON feed.num = post.feed
WHERE post.id = :post ORDER BY original.number;

-- name: latest_originals
SELECT post.id, feed.id, post.entry_id, original.number, original.seen_at, original.reason, original.body,
    original.media_type, original.base_url
FROM post JOIN original ON original.post = post.num AND original.number = post.revision
    JOIN feed ON feed.num = post.feed
WHERE post.id > :after ORDER BY post.id LIMIT :limit;
