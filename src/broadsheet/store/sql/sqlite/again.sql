-- name: read_again
-- What is replaced gets the next number: it is read again by whoever was reading.
INSERT OR REPLACE INTO unread (post) SELECT num FROM post WHERE id IN (SELECT value FROM texts(:ids));

-- name: read_again_at
INSERT OR REPLACE INTO unread (post) VALUES (:num);

-- name: sketch_again
INSERT OR REPLACE INTO unsketched (post) SELECT num FROM post WHERE id IN (SELECT value FROM texts(:ids));

-- name: sketch_again_at
INSERT OR REPLACE INTO unsketched (post) VALUES (:num);

-- name: sketch_kin_again
-- Of the posts that show an image first of all, those that are akin to others.
INSERT OR REPLACE INTO unsketched (post)
SELECT post.num FROM post_image JOIN post ON post.num = post_image.post
WHERE post_image.image = :image
    AND json_extract(post.image, '$.url') = (SELECT address FROM image WHERE num = :image)
    AND (
        EXISTS (SELECT 1 FROM edge WHERE edge.first = post.num)
        OR EXISTS (SELECT 1 FROM edge WHERE edge.second = post.num)
    );

-- name: to_ledger
INSERT OR REPLACE INTO unledgered (post) SELECT value FROM numbers(:nums) WHERE true;

-- name: to_ledger_all
INSERT OR REPLACE INTO unledgered (post) SELECT num FROM post WHERE true ORDER BY num;

-- name: defer_keys
PRAGMA defer_foreign_keys = ON;
