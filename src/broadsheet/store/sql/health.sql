-- name: count_feeds
SELECT count(*) FROM feed;

-- name: count_posts
SELECT count(*) FROM post;

-- name: count_revisions
SELECT count(*) FROM original;

-- name: revisions_missing
SELECT post.id FROM post
WHERE post.revision <> (SELECT count(*) FROM original WHERE original.post = post.num) LIMIT 20;

-- name: bodies_missing
SELECT id FROM post WHERE num NOT IN (SELECT num FROM body) LIMIT 20;
