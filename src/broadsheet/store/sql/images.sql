-- name: unlisted_posts
SELECT revision.id, post.id
FROM revision JOIN post ON post.num = revision.post AND post.revision = revision.number
WHERE revision.id > :after ORDER BY revision.id LIMIT :limit;

-- name: add_image
INSERT INTO image (address, due) VALUES (:address, :now) ON CONFLICT DO NOTHING;

-- name: link_image
INSERT INTO post_image (image, post)
SELECT image.num, post.num FROM image, post WHERE image.address = :address AND post.id = :post
ON CONFLICT DO NOTHING;

-- name: set_pictures
INSERT INTO pictures (post, digest) SELECT num, :digest FROM post WHERE id = :post
ON CONFLICT (post) DO UPDATE SET digest = excluded.digest;

-- name: forget_pictures
DELETE FROM pictures WHERE post = (SELECT num FROM post WHERE id = :post);

-- name: images_due
-- Those never asked for first, the newest of them before all others.
SELECT address, failures FROM image
WHERE copy IS NULL AND due <= :now
ORDER BY failures, due DESC, num DESC LIMIT :limit;

-- name: add_copy
INSERT INTO image_copy (num, hash, kind, width, height, size, phash, variants, bytes, kept_at)
SELECT coalesce(max(num), 0) + 1, :hash, :kind, :width, :height, :size, :phash, :variants, :bytes, :now
FROM image_copy WHERE true
ON CONFLICT (hash) DO NOTHING;

-- name: keep_image
UPDATE image SET copy = (SELECT num FROM image_copy WHERE hash = :hash), due = NULL, failures = 0, failure = NULL
WHERE address = :address AND copy IS NULL
RETURNING num;

-- name: add_to_pictures
-- The exclusive or of two numbers, which SQLite has no operator for.
INSERT INTO pictures (post, digest) SELECT post, :digest FROM post_image WHERE image = :image
ON CONFLICT (post) DO UPDATE SET digest = (pictures.digest | excluded.digest) - (pictures.digest & excluded.digest);

-- name: fail_image
UPDATE image SET failures = failures + 1, failure = :failure, due = :due WHERE address = :address AND copy IS NULL;

-- name: retry_images
UPDATE image SET failures = 0, due = :now WHERE copy IS NULL;

-- name: images_of_copy
SELECT num, address FROM image WHERE copy = (SELECT num FROM image_copy WHERE hash = :hash);

-- name: forget_copy
UPDATE image SET copy = NULL, due = :now, failures = 0 WHERE num = :image;

-- name: drop_copy
DELETE FROM image_copy WHERE hash = :hash;

-- name: copies
SELECT image.address, image_copy.hash, image_copy.kind, image_copy.width, image_copy.height, image_copy.size,
    image_copy.phash, image_copy.variants
FROM image JOIN image_copy ON image_copy.num = image.copy
WHERE image.address IN (SELECT value FROM texts(:addresses));

-- name: last_copy
SELECT coalesce(max(num), 0) FROM image_copy;

-- name: change_copy
-- A new number tells sites that there are files to take.
UPDATE image_copy SET num = :num, variants = :variants, bytes = :bytes WHERE hash = :hash;

-- name: renumber_copy
UPDATE image SET copy = :num WHERE num = :image;

-- name: copy_at
SELECT hash FROM image_copy WHERE num = :num;

-- name: copies_after
SELECT num, hash, kind, width, height, size, phash, variants FROM image_copy WHERE num > :num ORDER BY num;

-- name: images_by_standing
SELECT count(copy), count(due), count(*) - count(copy) - count(due) FROM image;

-- name: bytes_of_images
SELECT coalesce(sum(bytes), 0) FROM image_copy;
