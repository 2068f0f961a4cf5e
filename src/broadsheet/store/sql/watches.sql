-- name: add_watch
INSERT INTO watch (id, heard, content) VALUES (:id, :heard, :content) ON CONFLICT DO NOTHING RETURNING num;

-- name: all_watches
SELECT content FROM watch ORDER BY num;

-- name: hooked_watches
SELECT heard, content FROM watch ORDER BY num;

-- name: drop_deliveries
DELETE FROM delivery WHERE watch IN (SELECT num FROM watch WHERE id = :id);

-- name: drop_watch
DELETE FROM watch WHERE id = :id;

-- name: add_delivery
INSERT INTO delivery (watch, change, due) SELECT num, :change, :due FROM watch WHERE id = :id ON CONFLICT DO NOTHING;

-- name: watch_heard
UPDATE watch SET heard = :heard WHERE id = :id AND heard < :heard;

-- name: claim_deliveries
UPDATE delivery SET due = :until, tries = tries + 1
WHERE (watch, change) IN (SELECT watch, change FROM delivery WHERE due <= :now ORDER BY due, watch, change LIMIT :limit)
RETURNING (SELECT content FROM watch WHERE num = delivery.watch), change, tries;

-- name: end_delivery
DELETE FROM delivery WHERE change = :change AND watch IN (SELECT num FROM watch WHERE id = :id);

-- name: put_off_delivery
UPDATE delivery SET due = :due WHERE change = :change AND watch IN (SELECT num FROM watch WHERE id = :id);

-- name: count_deliveries
SELECT count(*) FROM delivery;
