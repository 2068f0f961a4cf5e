-- name: marked_posts
SELECT post.num, post.id, post.feed, mark.read_at, mark.starred_at
FROM texts(:ids) AS wanted CROSS JOIN post ON post.id = wanted.value LEFT JOIN mark ON mark.post = post.num;

-- name: set_mark
INSERT INTO mark (post, feed, read_at, starred_at) VALUES (:post, :feed, :read_at, :starred_at)
ON CONFLICT (post) DO UPDATE SET read_at = excluded.read_at, starred_at = excluded.starred_at;

-- name: mark_all
INSERT INTO mark (post, feed, read_at)
SELECT post.num, post.feed, :at FROM post LEFT JOIN mark ON mark.post = post.num
WHERE post.first_seen <= :before AND mark.read_at IS NULL
ON CONFLICT (post) DO UPDATE SET read_at = excluded.read_at;

-- name: mark_all_of_feeds
INSERT INTO mark (post, feed, read_at)
SELECT post.num, post.feed, :at
FROM texts(:feeds) AS wanted CROSS JOIN feed ON feed.id = wanted.value CROSS JOIN post ON post.feed = feed.num
    LEFT JOIN mark ON mark.post = post.num
WHERE post.first_seen <= :before AND mark.read_at IS NULL
ON CONFLICT (post) DO UPDATE SET read_at = excluded.read_at;

-- name: marks
SELECT post.id, mark.read_at, mark.starred_at, coalesce(mark.note, ''),
    (SELECT json_group_array(name) FROM (SELECT name FROM tag WHERE tag.post = post.num ORDER BY name))
FROM texts(:ids) AS wanted CROSS JOIN post ON post.id = wanted.value LEFT JOIN mark ON mark.post = post.num
WHERE mark.read_at IS NOT NULL OR mark.starred_at IS NOT NULL OR mark.note <> ''
OR EXISTS (SELECT 1 FROM tag WHERE tag.post = post.num);

-- name: add_tag
INSERT INTO tag (name, post) SELECT :name, num FROM post WHERE id IN (SELECT value FROM texts(:ids))
ON CONFLICT DO NOTHING;

-- name: drop_tag
DELETE FROM tag WHERE name = :name AND post IN (SELECT num FROM post WHERE id IN (SELECT value FROM texts(:ids)));

-- name: count_tags
SELECT name, count(*) FROM tag GROUP BY name ORDER BY name;

-- name: set_note
INSERT INTO mark (post, feed, noted_at, note) SELECT num, feed, :at, :note FROM post WHERE id = :id
ON CONFLICT (post) DO UPDATE SET noted_at = excluded.noted_at, note = excluded.note;

-- name: count_posts_of_feeds
SELECT feed.id, came.posts - coalesce(seen.posts, 0)
FROM (SELECT feed, count(*) AS posts FROM post GROUP BY feed) AS came
    JOIN feed ON feed.num = came.feed
    LEFT JOIN (SELECT feed, count(*) AS posts FROM mark WHERE read_at IS NOT NULL GROUP BY feed) AS seen
        ON seen.feed = came.feed;

-- name: number_of_post
SELECT num FROM post WHERE id = :id;

-- name: posts_of_numbers
SELECT post.num, post.id FROM numbers(:numbers) AS wanted CROSS JOIN post ON post.num = wanted.value;

-- name: listed_newest
-- The page is chosen from posts and marks alone, whose tables stand in one order: what was read is passed over fast.
SELECT post.id, post.num, feed.id, post.published, post.first_seen
FROM (
    SELECT near.num FROM post AS near LEFT JOIN mark ON mark.post = near.num
    WHERE near.num < coalesce(:before, 9223372036854775807) AND near.num > coalesce(:after, -9223372036854775807)
    AND (NOT :unread OR mark.read_at IS NULL) AND (NOT :read OR mark.read_at IS NOT NULL)
    AND (CAST(:since AS BIGINT) IS NULL OR near.first_seen >= :since)
    AND (CAST(:until AS BIGINT) IS NULL OR near.first_seen < :until)
    AND (CAST(:feeds AS TEXT) IS NULL OR near.feed IN (
        SELECT num FROM feed WHERE id IN (SELECT value FROM texts(:feeds))
    ))
    ORDER BY near.num DESC LIMIT :limit
) AS page CROSS JOIN post ON post.num = page.num JOIN feed ON feed.num = post.feed
ORDER BY post.num DESC;

-- name: listed_oldest
SELECT post.id, post.num, feed.id, post.published, post.first_seen
FROM (
    SELECT near.num FROM post AS near LEFT JOIN mark ON mark.post = near.num
    WHERE near.num < coalesce(:before, 9223372036854775807) AND near.num > coalesce(:after, -9223372036854775807)
    AND (NOT :unread OR mark.read_at IS NULL) AND (NOT :read OR mark.read_at IS NOT NULL)
    AND (CAST(:since AS BIGINT) IS NULL OR near.first_seen >= :since)
    AND (CAST(:until AS BIGINT) IS NULL OR near.first_seen < :until)
    AND (CAST(:feeds AS TEXT) IS NULL OR near.feed IN (
        SELECT num FROM feed WHERE id IN (SELECT value FROM texts(:feeds))
    ))
    ORDER BY near.num LIMIT :limit
) AS page CROSS JOIN post ON post.num = page.num JOIN feed ON feed.num = post.feed
ORDER BY post.num;

-- name: listed_newest_of_few
-- A page from each of a few feeds, merged: however rare their posts are, no others are read.
SELECT post.id, post.num, feed.id, post.published, post.first_seen
FROM texts(:feeds) AS wanted CROSS JOIN feed ON feed.id = wanted.value CROSS JOIN post ON post.num IN (
    SELECT near.num FROM post AS near LEFT JOIN mark ON mark.post = near.num
    WHERE near.feed = feed.num
    AND near.num < coalesce(:before, 9223372036854775807) AND near.num > coalesce(:after, -9223372036854775807)
    AND (NOT :unread OR mark.read_at IS NULL) AND (NOT :read OR mark.read_at IS NOT NULL)
    AND near.first_seen >= coalesce(:since, -9223372036854775807)
    AND near.first_seen < coalesce(:until, 9223372036854775807)
    ORDER BY near.num DESC LIMIT :limit
)
ORDER BY post.num DESC LIMIT :limit;

-- name: listed_oldest_of_few
SELECT post.id, post.num, feed.id, post.published, post.first_seen
FROM texts(:feeds) AS wanted CROSS JOIN feed ON feed.id = wanted.value CROSS JOIN post ON post.num IN (
    SELECT near.num FROM post AS near LEFT JOIN mark ON mark.post = near.num
    WHERE near.feed = feed.num
    AND near.num < coalesce(:before, 9223372036854775807) AND near.num > coalesce(:after, -9223372036854775807)
    AND (NOT :unread OR mark.read_at IS NULL) AND (NOT :read OR mark.read_at IS NOT NULL)
    AND near.first_seen >= coalesce(:since, -9223372036854775807)
    AND near.first_seen < coalesce(:until, 9223372036854775807)
    ORDER BY near.num LIMIT :limit
)
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
AND post.first_seen >= coalesce(:since, -9223372036854775807)
AND post.first_seen < coalesce(:until, 9223372036854775807)
AND (CAST(:feeds AS TEXT) IS NULL OR feed.id IN (SELECT value FROM texts(:feeds)))
ORDER BY CASE WHEN :oldest THEN post.num ELSE -post.num END LIMIT :limit;
