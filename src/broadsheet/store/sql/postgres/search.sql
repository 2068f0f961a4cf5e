-- name: index_text
INSERT INTO search (post, feed, words, terms) VALUES (:num, :feed, :words, CAST(:terms AS integer[]))
ON CONFLICT (post) DO UPDATE SET words = excluded.words, terms = excluded.terms;

-- name: forget_all
DELETE FROM search;

-- name: estimate
EXPLAIN (FORMAT JSON) SELECT FROM search WHERE {narrowed};

-- name: count
SELECT count(*) FROM (SELECT words FROM search WHERE {narrowed} OFFSET 0) AS search WHERE {matched};

-- name: find
-- OFFSET keeps the steps apart: words are read in order, and no more of them than the limit needs. The sum keeps the
-- index of numbers alone.
SELECT {shown} FROM (
    SELECT post, feed, words FROM search WHERE {narrowed} AND post + 0 BETWEEN :first AND :last
    ORDER BY post DESC OFFSET 0
) AS search
WHERE {matched} LIMIT :limit;

-- name: walk
SELECT {matched}, {shown} FROM (
    SELECT post, feed, words FROM search WHERE post BETWEEN :first AND :last ORDER BY post DESC LIMIT :limit
) AS search;

-- name: match_among
SELECT post FROM (
    SELECT post, feed, words FROM search WHERE post IN (SELECT value FROM numbers(:nums)) OFFSET 0
) AS search
WHERE {matched};

-- name: words_of_posts
SELECT post, words FROM search WHERE post IN (SELECT value FROM numbers(:nums));
