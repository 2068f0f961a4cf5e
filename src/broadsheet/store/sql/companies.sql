-- name: company_lists
SELECT num, source, own, imported_at, digest, ties FROM company_list ORDER BY own, num;

-- name: count_companies
SELECT list, count(*) FROM listed_company GROUP BY list;

-- name: listed_companies
SELECT id, place, content FROM listed_company WHERE list = :list ORDER BY place;

-- name: lists_of_companies
SELECT company_list.source, max(listed_company.changed_at)
FROM listed_company JOIN company_list ON company_list.num = listed_company.list
WHERE listed_company.id IN (SELECT value FROM texts(:ids))
GROUP BY company_list.num ORDER BY company_list.own, company_list.num;

-- name: keep_company_list
INSERT INTO company_list (source, own, imported_at, digest, ties) VALUES (:source, :own, :at, :digest, :ties)
ON CONFLICT (source) DO UPDATE SET own = excluded.own, imported_at = excluded.imported_at, digest = excluded.digest,
    ties = excluded.ties
RETURNING num;

-- name: keep_listed_company
INSERT INTO listed_company (list, id, place, changed_at, content) VALUES (:list, :id, :place, :at, :content)
ON CONFLICT (list, id) DO UPDATE SET place = excluded.place, content = excluded.content,
    changed_at = CASE WHEN listed_company.content = excluded.content THEN listed_company.changed_at
        ELSE excluded.changed_at END;

-- name: forget_listed_of
DELETE FROM listed_company WHERE list = (SELECT num FROM company_list WHERE source = :source);

-- name: forget_company_list
DELETE FROM company_list WHERE source = :source;

-- name: forget_listed_companies
DELETE FROM listed_company WHERE list = :list AND id IN (SELECT value FROM texts(:ids));
