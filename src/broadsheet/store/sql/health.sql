-- name: count_feeds
SELECT count(*) FROM feed;

-- name: count_posts
SELECT count(*) FROM post;

-- name: count_revisions
SELECT count(*) FROM revision;

-- name: count_stories
SELECT count(*) FROM story;

-- name: revisions_missing
SELECT post.id FROM post
WHERE post.revision <> (SELECT count(*) FROM revision AS kept WHERE kept.post = post.num) LIMIT 20;
