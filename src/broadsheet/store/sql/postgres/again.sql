-- name: read_again
-- What is replaced gets the next number: it is read again by whoever was reading.
INSERT INTO unread (post) SELECT num FROM post WHERE id IN (SELECT value FROM texts(:ids)) ORDER BY num
ON CONFLICT (post) DO UPDATE SET num = DEFAULT;

-- name: read_again_at
INSERT INTO unread (post) VALUES (:num) ON CONFLICT (post) DO UPDATE SET num = DEFAULT;

-- name: sketch_again
INSERT INTO unsketched (post) SELECT num FROM post WHERE id IN (SELECT value FROM texts(:ids)) ORDER BY num
ON CONFLICT (post) DO UPDATE SET num = DEFAULT;

-- name: sketch_again_at
INSERT INTO unsketched (post) VALUES (:num) ON CONFLICT (post) DO UPDATE SET num = DEFAULT;

-- name: sketch_kin_again
-- Of the posts that show an image first of all, those that are akin to others.
INSERT INTO unsketched (post)
SELECT post.num FROM post_image JOIN post ON post.num = post_image.post
WHERE post_image.image = :image
    AND json_extract(post.image, '$.url') = (SELECT address FROM image WHERE num = :image)
    AND (
        EXISTS (SELECT 1 FROM edge WHERE edge.first = post.num)
        OR EXISTS (SELECT 1 FROM edge WHERE edge.second = post.num)
    )
ORDER BY post.num
ON CONFLICT (post) DO UPDATE SET num = DEFAULT;

-- name: to_ledger
INSERT INTO unledgered (post) SELECT DISTINCT value FROM numbers(:nums) ORDER BY value
ON CONFLICT (post) DO UPDATE SET num = DEFAULT;

-- name: to_ledger_all
INSERT INTO unledgered (post) SELECT num FROM post ORDER BY num ON CONFLICT (post) DO UPDATE SET num = DEFAULT;
