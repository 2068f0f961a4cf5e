-- name: bytes_of_originals
SELECT coalesce(sum(length(content)), 0) FROM revision;

-- name: bytes_of_articles
SELECT coalesce(sum(length(content) + length(page)), 0) FROM fulltext;

-- name: bytes_of_texts
SELECT coalesce(sum(length(CAST(title || summary || details AS BLOB))), 0) FROM post;

-- name: bytes_of_kin
SELECT (SELECT coalesce(sum(length(content)), 0) FROM sketch) + (SELECT coalesce(sum(length(reasons)), 0) FROM edge);

-- name: bytes_of_facts
SELECT coalesce(sum(length(content)), 0) FROM facts;

-- name: bytes_of_index
SELECT coalesce(sum(length(block)), 0) FROM search_data;

-- name: quick_check
PRAGMA quick_check(20);

-- name: foreign_key_check
PRAGMA foreign_key_check;

-- name: check_index
INSERT INTO search (search) VALUES ('integrity-check');

-- name: not_indexed
SELECT id FROM post WHERE num NOT IN (SELECT id FROM search_docsize) LIMIT 20;

-- name: indexed_without_post
SELECT count(*) FROM search_docsize
WHERE id NOT IN (SELECT num FROM post);
