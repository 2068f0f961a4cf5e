-- name: index_text
INSERT INTO search (rowid, body, title, marks) VALUES (:num, :body, :title, :marks);

-- name: forget_text
-- An index without content must be told what it held.
INSERT INTO search (search, rowid, body, title, marks) VALUES ('delete', :num, :body, :title, :marks);

-- name: forget_all
INSERT INTO search (search) VALUES ('delete-all');

-- name: find_newest
SELECT rowid FROM search WHERE search MATCH :match ORDER BY rowid DESC LIMIT :limit;

-- name: find_newest_within
-- The numbers narrow it down, but a post that was dated anew keeps its number.
SELECT search.rowid FROM search CROSS JOIN post ON post.num = search.rowid
WHERE search MATCH :match AND search.rowid BETWEEN :first AND :last
    AND post.published >= :since AND post.published < :until
ORDER BY search.rowid DESC LIMIT :limit;

-- name: find_best
-- A word of the title weighs as much as eight of the text.
SELECT num FROM (
    SELECT rowid AS num, bm25(search, 1.0, 8.0, 0.0) AS rank
    FROM search WHERE search MATCH :match ORDER BY rowid DESC LIMIT :ranked
)
ORDER BY rank, num DESC LIMIT :limit;

-- name: find_best_within
SELECT num FROM (
    SELECT search.rowid AS num, bm25(search, 1.0, 8.0, 0.0) AS rank
    FROM search CROSS JOIN post ON post.num = search.rowid
    WHERE search MATCH :match AND search.rowid BETWEEN :first AND :last
        AND post.published >= :since AND post.published < :until
    ORDER BY search.rowid DESC LIMIT :ranked
)
ORDER BY rank, num DESC LIMIT :limit;

-- name: posts_that_match
SELECT rowid FROM search WHERE search MATCH :match AND rowid BETWEEN :first AND :last;

-- name: rank
-- The plus keeps the index from being asked once for every post.
SELECT rowid FROM search
WHERE search MATCH :match AND +rowid IN (SELECT value FROM numbers(:nums))
ORDER BY bm25(search, 1.0, 8.0, 0.0), rowid DESC LIMIT :limit;
