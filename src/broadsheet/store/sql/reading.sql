-- name: marked_posts
SELECT post.num, post.id, post.feed, mark.read_at, mark.starred_at
FROM json_each(:ids) AS wanted CROSS JOIN post ON post.id = wanted.value LEFT JOIN mark ON mark.post = post.num;

-- name: set_mark
INSERT INTO mark (post, feed, read_at, starred_at) VALUES (:post, :feed, :read_at, :starred_at)
ON CONFLICT (post) DO UPDATE SET read_at = excluded.read_at, starred_at = excluded.starred_at;

-- name: mark_all
INSERT INTO mark (post, feed, read_at)
SELECT post.num, post.feed, :at FROM post JOIN feed ON feed.num = post.feed
WHERE post.first_seen <= :before AND (:feeds IS NULL OR feed.id IN (SELECT value FROM json_each(:feeds)))
AND NOT EXISTS (SELECT 1 FROM mark WHERE mark.post = post.num AND mark.read_at IS NOT NULL)
ON CONFLICT (post) DO UPDATE SET read_at = excluded.read_at;

-- name: marks
SELECT post.id, mark.read_at, mark.starred_at, coalesce(mark.note, ''),
    (SELECT json_group_array(name) FROM (SELECT name FROM tag WHERE tag.post = post.num ORDER BY name))
FROM json_each(:ids) AS wanted CROSS JOIN post ON post.id = wanted.value LEFT JOIN mark ON mark.post = post.num
WHERE mark.post IS NOT NULL OR EXISTS (SELECT 1 FROM tag WHERE tag.post = post.num);

-- name: add_tag
INSERT INTO tag (name, post) SELECT :name, num FROM post WHERE id IN (SELECT value FROM json_each(:ids))
ON CONFLICT DO NOTHING;

-- name: drop_tag
DELETE FROM tag WHERE name = :name AND post IN (SELECT num FROM post WHERE id IN (SELECT value FROM json_each(:ids)));

-- name: count_tags
SELECT name, count(*) FROM tag GROUP BY name ORDER BY name;

-- name: set_note
INSERT INTO mark (post, feed, noted_at, note) SELECT num, feed, :at, :note FROM post WHERE id = :id
ON CONFLICT (post) DO UPDATE SET noted_at = excluded.noted_at, note = excluded.note;

-- name: count_posts_of_feeds
SELECT feed.id, (SELECT count(*) FROM post WHERE post.feed = feed.num)
    - (SELECT count(*) FROM mark WHERE mark.feed = feed.num AND mark.read_at IS NOT NULL)
FROM feed;

-- name: count_posts
SELECT count(*) FROM post;

-- name: number_of_post
SELECT num FROM post WHERE id = :id;

-- name: posts_of_numbers
SELECT post.num, post.id FROM json_each(:numbers) AS wanted CROSS JOIN post ON post.num = wanted.value;

-- name: listed_newest
SELECT post.id, post.num, feed.id, post.published, post.first_seen
FROM post JOIN feed ON feed.num = post.feed LEFT JOIN mark ON mark.post = post.num
WHERE post.num < coalesce(:before, 9223372036854775807) AND post.num > coalesce(:after, -9223372036854775807)
AND (NOT :unread OR mark.read_at IS NULL) AND (NOT :read OR mark.read_at IS NOT NULL)
AND (:since IS NULL OR post.first_seen >= :since) AND (:until IS NULL OR post.first_seen < :until)
AND (:feeds IS NULL OR feed.id IN (SELECT value FROM json_each(:feeds)))
ORDER BY post.num DESC LIMIT :limit;

-- name: listed_oldest
SELECT post.id, post.num, feed.id, post.published, post.first_seen
FROM post JOIN feed ON feed.num = post.feed LEFT JOIN mark ON mark.post = post.num
WHERE post.num < coalesce(:before, 9223372036854775807) AND post.num > coalesce(:after, -9223372036854775807)
AND (NOT :unread OR mark.read_at IS NULL) AND (NOT :read OR mark.read_at IS NOT NULL)
AND (:since IS NULL OR post.first_seen >= :since) AND (:until IS NULL OR post.first_seen < :until)
AND (:feeds IS NULL OR feed.id IN (SELECT value FROM json_each(:feeds)))
ORDER BY post.num LIMIT :limit;

-- name: listed_chosen
SELECT post.id, post.num, feed.id, post.published, post.first_seen
FROM (
    SELECT post AS num FROM tag WHERE name = :tag
    UNION ALL SELECT post FROM mark WHERE :starred AND starred_at IS NOT NULL
    UNION ALL SELECT post FROM mark WHERE :noted AND note <> ''
) AS chosen JOIN post ON post.num = chosen.num JOIN feed ON feed.num = post.feed
LEFT JOIN mark ON mark.post = post.num
WHERE post.num < coalesce(:before, 9223372036854775807) AND post.num > coalesce(:after, -9223372036854775807)
AND (NOT :unread OR mark.read_at IS NULL) AND (NOT :read OR mark.read_at IS NOT NULL)
AND (:since IS NULL OR post.first_seen >= :since) AND (:until IS NULL OR post.first_seen < :until)
AND (:feeds IS NULL OR feed.id IN (SELECT value FROM json_each(:feeds)))
ORDER BY CASE WHEN :oldest THEN post.num ELSE -post.num END LIMIT :limit;
