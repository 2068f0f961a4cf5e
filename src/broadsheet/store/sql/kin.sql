-- name: unsketched_changed
SELECT post.num, post.id, feed.id, post.published, post.language, post.title,
    coalesce(fulltext.content, revision.content), NULL, unsketched.num
FROM unsketched JOIN post ON post.num = unsketched.post JOIN feed ON feed.num = post.feed
    JOIN revision ON revision.post = post.num AND revision.number = post.revision
    LEFT JOIN fulltext ON fulltext.post = post.num
WHERE unsketched.num > :after ORDER BY unsketched.num LIMIT :limit;

-- name: unsketched_new
SELECT post.num, post.id, feed.id, post.published, post.language, post.title,
    coalesce(fulltext.content, revision.content), NULL, revision.id
FROM revision JOIN post ON post.num = revision.post AND post.revision = revision.number
    JOIN feed ON feed.num = post.feed
    LEFT JOIN fulltext ON fulltext.post = post.num
WHERE revision.id > :after ORDER BY revision.id LIMIT :limit;

-- name: texts_of_posts
SELECT post.num, post.id, feed.id, post.published, post.language, post.title,
    coalesce(fulltext.content, revision.content), image_copy.phash, revision.id
FROM post JOIN feed ON feed.num = post.feed
    JOIN revision ON revision.post = post.num AND revision.number = post.revision
    LEFT JOIN fulltext ON fulltext.post = post.num
    LEFT JOIN image ON image.address = json_extract(post.image, '$.url')
    LEFT JOIN image_copy ON image_copy.num = image.copy
WHERE post.id IN (SELECT value FROM texts(:ids));

-- name: numbers_of_posts
SELECT id, num FROM post WHERE id IN (SELECT value FROM texts(:ids));

-- name: sketch_all_again
INSERT INTO unsketched (post) SELECT num FROM post WHERE true ORDER BY published, id ON CONFLICT DO NOTHING;

-- name: join_all_again
INSERT INTO unjoined (post) SELECT post FROM story_post WHERE true ON CONFLICT DO NOTHING;

-- name: forget_sketches
DELETE FROM sketch;

-- name: forget_edges
DELETE FROM edge;

-- name: last_revision
SELECT coalesce(max(id), 0) FROM revision;

-- name: are_sketched
SELECT post FROM sketch WHERE post IN (SELECT value FROM numbers(:nums));

-- name: keep_sketch
INSERT INTO sketch (post, published, content) VALUES (:post, :published, :content)
ON CONFLICT (post) DO UPDATE SET published = excluded.published, content = excluded.content;

-- name: sketched
DELETE FROM unsketched WHERE num <= :changed;

-- name: sketches
SELECT content FROM sketch WHERE published BETWEEN :since AND :until ORDER BY published, post;

-- name: neighbours_unjoined
INSERT INTO unjoined (post)
SELECT second FROM edge WHERE first IN (SELECT value FROM numbers(:nums))
UNION SELECT first FROM edge WHERE second IN (SELECT value FROM numbers(:nums))
UNION SELECT value FROM numbers(:nums) WHERE true
ON CONFLICT DO NOTHING;

-- name: drop_edges_to
DELETE FROM edge WHERE first IN (SELECT value FROM numbers(:nums));

-- name: drop_edges_from
DELETE FROM edge WHERE second IN (SELECT value FROM numbers(:nums));

-- name: keep_edge
INSERT INTO edge (first, second, relation, score, share, reasons)
VALUES (:first, :second, :relation, :score, :share, :reasons)
ON CONFLICT (first, second) DO UPDATE SET relation = excluded.relation, score = excluded.score,
    share = excluded.share, reasons = excluded.reasons;

-- name: to_join
INSERT INTO unjoined (post) SELECT value FROM numbers(:nums) WHERE true ON CONFLICT DO NOTHING;

-- name: edges_among
SELECT one.id, two.id, edge.relation, edge.score, edge.share, edge.reasons
FROM edge JOIN post AS one ON one.num = edge.first JOIN post AS two ON two.num = edge.second
WHERE one.id IN (SELECT value FROM texts(:ids)) AND two.id IN (SELECT value FROM texts(:ids))
ORDER BY edge.first, edge.second;

-- name: edges_of_kin
SELECT one.id, two.id, edge.relation, edge.score, edge.share, edge.reasons
FROM edge JOIN post AS one ON one.num = edge.first JOIN post AS two ON two.num = edge.second
WHERE edge.first IN (SELECT value FROM numbers(:nums)) AND edge.second IN (SELECT value FROM numbers(:nums))
ORDER BY edge.first, edge.second;
