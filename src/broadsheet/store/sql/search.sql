-- name: texts_to_index
SELECT post.num, post.feed, post.title, coalesce(fulltext.content, revision.content)
FROM post JOIN revision ON revision.post = post.num AND revision.number = post.revision
    LEFT JOIN fulltext ON fulltext.post = post.num
WHERE post.num > :after ORDER BY post.num LIMIT :limit;

-- name: feed_names
SELECT num, id, address, coalesce(name, title, ''), section FROM feed;

-- name: posts_of_companies
SELECT post FROM company_post WHERE company IN (SELECT value FROM texts(:companies));

-- name: posts_of_kinds
SELECT post FROM fact_kind WHERE kind IN (SELECT value FROM texts(:kinds));

-- name: posts_that_copy
SELECT post FROM story_post WHERE role <> 'report';

-- name: sifted_newest
SELECT num FROM post
WHERE num IN (SELECT value FROM numbers(:nums)) AND published >= :since AND published < :until
ORDER BY num DESC LIMIT :limit;

-- name: ids_of_posts
SELECT id FROM post WHERE num IN (SELECT value FROM numbers(:nums)) ORDER BY num DESC;

-- name: found
SELECT post.num, post.id, feed.id, post.title, post.summary, post.language, post.image, post.published,
    post.revision, coalesce(fulltext.content, revision.content)
FROM post JOIN feed ON feed.num = post.feed
    JOIN revision ON revision.post = post.num AND revision.number = post.revision
    LEFT JOIN fulltext ON fulltext.post = post.num
WHERE post.num IN (SELECT value FROM numbers(:nums));
