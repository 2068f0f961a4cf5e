-- name: add_feed
INSERT INTO feed (id, address, host, section, name, title, link, language, zone, added_at, standing, due, state,
    fulltext)
VALUES (:id, :address, :host, :section, :name, :title, :link, :language, :zone, :added_at, :standing, :due, :state,
    :fulltext)
ON CONFLICT DO NOTHING
RETURNING num;

-- name: save_feed
UPDATE feed
SET address = :address, host = :host, section = :section, name = :name, title = :title, link = :link,
    language = :language, zone = :zone, fulltext = :fulltext, standing = :standing, due = :due, state = :state, leased_until = 0
WHERE id = :id;

-- name: save_poll
-- What a poll may change, and nothing that belongs to the owner of the paper.
UPDATE feed
SET address = :address, host = :host, title = :title, link = :link, language = :language,
    standing = :standing, due = :due, state = :state, leased_until = 0
WHERE id = :id
RETURNING num;

-- name: feed_at_address
SELECT id FROM feed WHERE address = :address;

-- name: all_feeds
SELECT id, address, section, name, title, link, language, zone, added_at, state, fulltext
FROM feed ORDER BY num;

-- name: one_feed
SELECT id, address, section, name, title, link, language, zone, added_at, state, fulltext
FROM feed WHERE id = :key OR address = :key
ORDER BY id = :key DESC LIMIT 1;

-- name: claim_due
-- Never polled first, then by due: two searches of the index, in its own order, because one for both
-- would read it to its end.
UPDATE feed SET leased_until = :until
WHERE num IN (
    SELECT num FROM (
        SELECT num FROM feed
        WHERE standing = 'active' AND due IS NULL AND leased_until <= :now
        ORDER BY leased_until, num LIMIT :limit
    )
    UNION ALL
    SELECT num FROM (
        SELECT num FROM feed
        WHERE standing = 'active' AND due <= :due_by AND leased_until <= :now
        ORDER BY due, leased_until, num LIMIT :limit
    )
    LIMIT :limit
)
RETURNING id, address, section, name, title, link, language, zone, added_at, state, fulltext, due, num;

-- name: claim
UPDATE feed SET leased_until = :until
WHERE id IN (SELECT value FROM texts(:ids)) AND leased_until <= :now
RETURNING id, address, section, name, title, link, language, zone, added_at, state, fulltext, due, num;

-- name: due_hosts
SELECT host, count(*), min(due), max(CASE WHEN address LIKE 'rsshub://%' THEN 1 ELSE 0 END) FROM (
    SELECT host, 0 AS due, address FROM feed
    WHERE standing = 'active' AND due IS NULL AND leased_until <= :now
    UNION ALL
    SELECT host, due, address FROM feed
    WHERE standing = 'active' AND due <= :now AND leased_until <= :now
) AS waiting
GROUP BY host ORDER BY 3, 1 LIMIT :limit;

-- name: claim_at
-- What is lent is looked at twice: another may lend it between the choice and the change.
UPDATE feed SET leased_until = :until
WHERE leased_until <= :now AND num IN (
    SELECT num FROM (
        SELECT num, row_number() OVER (PARTITION BY host ORDER BY coalesce(due, 0), num) AS place FROM feed
        WHERE host IN (SELECT value FROM texts(:hosts)) AND standing = 'active' AND leased_until <= :now
            AND (due IS NULL OR due <= :now)
    ) AS waiting
    WHERE place <= :most
)
RETURNING id, address, section, name, title, link, language, zone, added_at, state, fulltext, due, num;

-- name: release_at
UPDATE feed SET leased_until = 0 WHERE host IN (SELECT value FROM texts(:hosts)) AND leased_until > 0;

-- name: count_due
SELECT count(*) FROM feed WHERE standing = 'active' AND (due IS NULL OR due <= :now) AND leased_until <= :now;

-- name: next_due
-- No feed after the first that is not lent can be the next.
SELECT min(CASE WHEN due > leased_until THEN due ELSE leased_until END) FROM (
    SELECT due, leased_until FROM feed WHERE standing = 'active' AND due IS NULL
    UNION ALL
    SELECT due, leased_until FROM feed
    WHERE standing = 'active' AND due <= (
        SELECT coalesce(min(due), 9223372036854775807) FROM feed WHERE standing = 'active' AND leased_until = 0
    )
) AS soon;

-- name: hold_host
UPDATE feed SET due = :until WHERE host = :host AND coalesce(due, 0) < :until;

-- name: release
UPDATE feed SET leased_until = 0 WHERE id IN (SELECT value FROM texts(:ids));

-- name: release_all
UPDATE feed SET leased_until = 0 WHERE leased_until > 0;
