-- name: columns
SELECT owner.relname, part.attname,
    CASE part.type WHEN 'bigint' THEN 'integer' WHEN 'double precision' THEN 'real' WHEN 'bytea' THEN 'blob'
        ELSE part.type END,
    coalesce(array_position(
        (SELECT conkey FROM pg_constraint WHERE conrelid = owner.oid AND contype = 'p'), part.attnum), 0)
FROM pg_class AS owner CROSS JOIN LATERAL (
    SELECT attname, attnum, format_type(atttypid, atttypmod) AS type FROM pg_attribute
    WHERE attrelid = owner.oid AND attnum > 0 AND NOT attisdropped OFFSET 0
) AS part
WHERE owner.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
    AND owner.relkind = 'r' AND owner.relname NOT IN ('migration', 'search')
ORDER BY owner.relname COLLATE "C", part.attnum;

-- name: references
SELECT DISTINCT owner.relname::text, tie.found::text
FROM pg_class AS owner CROSS JOIN LATERAL (
    SELECT (SELECT relname FROM pg_class WHERE oid = confrelid) AS found FROM pg_constraint
    WHERE conrelid = owner.oid AND contype = 'f' OFFSET 0
) AS tie
WHERE owner.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND owner.relkind = 'r'
ORDER BY 1, 2;

-- name: last_numbers
SELECT owner.relname, coalesce(pg_sequence_last_value(given.oid), 0)
FROM pg_class AS given
    JOIN pg_depend AS tie ON tie.objid = given.oid AND tie.classid = 'pg_class'::regclass AND tie.deptype = 'i'
    JOIN pg_class AS owner ON owner.oid = tie.refobjid
WHERE given.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND given.relkind = 'S';

-- name: number_on
SELECT setval(pg_get_serial_sequence(:table, :column), greatest(:last, 1), :last > 0);
