-- name: columns
-- What is moved: every table but the index and what the database keeps for itself. The last is the place in the primary
-- key, 0 outside of it.
SELECT owner.name, part.name, lower(part.type), part.pk
FROM pragma_table_list AS owner CROSS JOIN pragma_table_info(owner.name) AS part
WHERE owner.schema = 'main' AND owner.type = 'table' AND owner.name NOT LIKE 'sqlite%' AND owner.name <> 'migration'
ORDER BY owner.name, part.cid;

-- name: references
SELECT DISTINCT owner.name, found."table"
FROM pragma_table_list AS owner CROSS JOIN pragma_foreign_key_list(owner.name) AS found
WHERE owner.schema = 'main' AND owner.type = 'table'
ORDER BY 1, 2;

-- name: last_numbers
-- The last number given by each table that never gives one twice.
SELECT made.name, coalesce(given.seq, 0)
FROM sqlite_schema AS made LEFT JOIN sqlite_sequence AS given ON given.name = made.name
WHERE made.type = 'table' AND made.sql LIKE '%AUTOINCREMENT%';

-- name: number_on
INSERT OR REPLACE INTO sqlite_sequence (rowid, name, seq)
VALUES ((SELECT rowid FROM sqlite_sequence WHERE name = :table), :table, :last);
