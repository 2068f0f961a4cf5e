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
