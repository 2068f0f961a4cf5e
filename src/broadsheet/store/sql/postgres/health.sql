-- name: bytes_of_originals
SELECT coalesce(sum(length(content)), 0) FROM revision;

-- name: bytes_of_articles
SELECT coalesce(sum(length(content) + length(page)), 0) FROM fulltext;

-- name: bytes_of_texts
SELECT coalesce(sum(octet_length(title) + octet_length(summary) + octet_length(details)), 0) FROM post;

-- name: bytes_of_kin
SELECT (SELECT coalesce(sum(length(content)), 0) FROM sketch) + (SELECT coalesce(sum(length(reasons)), 0) FROM edge);

-- name: bytes_of_facts
SELECT coalesce(sum(length(content)), 0) FROM facts;

-- name: bytes_of_index
SELECT pg_total_relation_size('search');

-- name: quick_check
-- PostgreSQL looks after its files itself; an index that was not made to its end is of no use, and says nothing.
SELECT format('index %s is not valid', relname) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE relnamespace = current_schema()::regnamespace AND NOT indisvalid;

-- name: foreign_key_check
SELECT conrelid::regclass::text FROM pg_constraint
WHERE connamespace = current_schema()::regnamespace AND contype = 'f' AND NOT convalidated;

-- name: check_index
SELECT 1 WHERE false;

-- name: not_indexed
SELECT id FROM post WHERE num NOT IN (SELECT post FROM search) LIMIT 20;

-- name: indexed_without_post
SELECT count(*) FROM search WHERE post NOT IN (SELECT num FROM post);

-- name: size
SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r';

-- name: tables
SELECT relname FROM pg_class
WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = :schema) AND relkind = 'r';
