-- name: index_text
INSERT INTO search (rowid, title, body, marks) VALUES (:num, :title, :body, :marks);

-- name: forget_text
-- An index without content must be told what it held.
INSERT INTO search (search, rowid, title, body, marks) VALUES ('delete', :num, :title, :body, :marks);

-- name: forget_all
INSERT INTO search (search) VALUES ('delete-all');

-- name: texts_to_index
SELECT post.num, post.feed, post.title, coalesce(fulltext.content, revision.content)
FROM post JOIN revision ON revision.post = post.num AND revision.number = post.revision
    LEFT JOIN fulltext ON fulltext.post = post.num
WHERE post.num > :after ORDER BY post.num LIMIT :limit;

-- name: feed_names
SELECT num, id, address, coalesce(name, title, ''), section FROM feed;

-- name: find_newest
SELECT rowid FROM search WHERE search MATCH :match ORDER BY rowid DESC LIMIT :limit;

-- name: find_newest_of_days
-- The numbers narrow it down, but a post that was dated anew keeps its number.
SELECT search.rowid FROM search CROSS JOIN post ON post.num = search.rowid
WHERE search MATCH :match AND search.rowid BETWEEN :first AND :last
    AND post.published >= :since AND post.published < :until
ORDER BY search.rowid DESC LIMIT :limit;

-- name: find_older
SELECT post.id FROM search CROSS JOIN post ON post.num = search.rowid
WHERE search MATCH :match AND search.rowid < :before
ORDER BY search.rowid DESC LIMIT :limit;

-- name: find_best
-- A word of the title weighs as much as eight of the text.
SELECT num FROM (
    SELECT rowid AS num, bm25(search, 8.0, 1.0, 0.0) AS rank
    FROM search WHERE search MATCH :match ORDER BY rowid DESC LIMIT :ranked
)
ORDER BY rank, num DESC LIMIT :limit;

-- name: find_best_of_days
SELECT num FROM (
    SELECT search.rowid AS num, bm25(search, 8.0, 1.0, 0.0) AS rank
    FROM search CROSS JOIN post ON post.num = search.rowid
    WHERE search MATCH :match AND search.rowid BETWEEN :first AND :last
        AND post.published >= :since AND post.published < :until
    ORDER BY search.rowid DESC LIMIT :ranked
)
ORDER BY rank, num DESC LIMIT :limit;

-- name: posts_that_match
SELECT rowid FROM search WHERE search MATCH :match AND rowid BETWEEN :first AND :last;

-- name: posts_of_companies
SELECT post FROM company_post WHERE company IN (SELECT value FROM json_each(:companies));

-- name: posts_of_kinds
SELECT post FROM fact_kind WHERE kind IN (SELECT value FROM json_each(:kinds));

-- name: posts_that_copy
SELECT post FROM story_post WHERE role <> 'report';

-- name: sifted_newest
SELECT num FROM post
WHERE num IN (SELECT value FROM json_each(:nums)) AND published >= :since AND published < :until
ORDER BY num DESC LIMIT :limit;

-- name: sifted_best
-- The plus keeps the index from being asked once for every post.
SELECT num FROM (
    SELECT search.rowid AS num, bm25(search, 8.0, 1.0, 0.0) AS rank
    FROM search WHERE search MATCH :match AND +search.rowid IN (
        SELECT num FROM post
        WHERE num IN (SELECT value FROM json_each(:nums)) AND published >= :since AND published < :until
        ORDER BY num DESC LIMIT :ranked
    )
)
ORDER BY rank, num DESC LIMIT :limit;

-- name: found
SELECT post.num, post.id, feed.id, post.title, post.summary, post.language, post.image, post.published,
    post.revision, coalesce(fulltext.content, revision.content)
FROM post JOIN feed ON feed.num = post.feed
    JOIN revision ON revision.post = post.num AND revision.number = post.revision
    LEFT JOIN fulltext ON fulltext.post = post.num
WHERE post.num IN (SELECT value FROM json_each(:nums));
