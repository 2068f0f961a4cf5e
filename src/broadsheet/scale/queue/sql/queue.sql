-- name: now
SELECT clock_timestamp();

-- name: made
SELECT version FROM made;

-- name: is_made
SELECT to_regclass('made') IS NOT NULL;

-- name: living
SELECT count(*) FROM worker WHERE seen > clock_timestamp() - make_interval(secs => %(dead_s)s);

-- name: enter
INSERT INTO worker (machine, process, version) VALUES (%(machine)s, %(process)s, %(version)s) RETURNING id;

-- name: leave
DELETE FROM worker WHERE id = %(worker)s;

-- name: seen
-- A worker is dead when another has buried it: then there is no row.
UPDATE worker SET seen = clock_timestamp() WHERE id = %(worker)s RETURNING clock_timestamp();

-- name: begin
INSERT INTO run (worker, kind, about) VALUES (%(worker)s, %(kind)s, %(about)s) RETURNING id;

-- name: end
DELETE FROM run WHERE id = %(run)s;

-- name: end_forgotten
-- Runs that ended while the database was away.
WITH forgotten AS (
    SELECT id FROM run
    WHERE worker = %(worker)s AND NOT id = ANY(%(going)s) AND since < clock_timestamp() - make_interval(secs => %(s)s)
), freed AS (
    UPDATE host SET run = NULL, free_at = clock_timestamp() + make_interval(secs => %(rest_s)s)
    WHERE run IN (SELECT id FROM forgotten)
)
DELETE FROM run WHERE id IN (SELECT id FROM forgotten);

-- name: hold
-- In the order of names, so that two who want the same hosts never wait for each other.
INSERT INTO host AS held (name, run)
SELECT name, %(run)s FROM unnest(%(hosts)s::text[]) AS wanted (name) ORDER BY name
ON CONFLICT (name) DO UPDATE SET run = excluded.run WHERE held.run IS NULL OR held.run = excluded.run
RETURNING name, greatest(extract(epoch FROM free_at - clock_timestamp()), 0)::float8;

-- name: let_go
-- A host that may be asked at once is not worth a row.
DELETE FROM host WHERE run = %(run)s AND name = ANY(%(hosts)s);

-- name: let_rest
UPDATE host SET run = NULL, free_at = clock_timestamp() + make_interval(secs => rest.s)
FROM unnest(%(hosts)s::text[], %(seconds)s::float8[]) AS rest (name, s)
WHERE host.name = rest.name AND host.run = %(run)s;

-- name: taken
-- Hosts that are asked now, that are in a job, or that are to be left alone for a while.
SELECT name FROM host WHERE run IS NOT NULL OR free_at > clock_timestamp() + make_interval(secs => %(soon_s)s)
UNION
SELECT jsonb_array_elements_text(args -> 'hosts') FROM procrastinate_jobs
WHERE task_name = 'poll' AND status IN ('todo', 'doing');

-- name: waiting
SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'poll' AND status = 'todo';

-- name: try_turn
SELECT pg_try_advisory_xact_lock(hashtextextended(%(name)s || current_setting('search_path'), 0));

-- name: turn
SELECT pg_advisory_xact_lock(hashtextextended(%(name)s || current_setting('search_path'), 0));

-- name: fall_due
-- Who asks first after so many seconds does the duty.
INSERT INTO duty (name, done_at) VALUES (%(name)s, clock_timestamp())
ON CONFLICT (name) DO UPDATE SET done_at = excluded.done_at
WHERE duty.done_at <= clock_timestamp() - make_interval(secs => %(every_s)s)
RETURNING name;

-- name: dead
SELECT id, machine, process FROM worker
WHERE seen < clock_timestamp() - make_interval(secs => %(dead_s)s)
ORDER BY id FOR UPDATE SKIP LOCKED;

-- name: hosts_of
SELECT host.name FROM host JOIN run ON host.run = run.id WHERE run.worker = ANY(%(workers)s);

-- name: rest_after
UPDATE host SET run = NULL, free_at = clock_timestamp() + make_interval(secs => %(rest_s)s) WHERE name = ANY(%(hosts)s);

-- name: bury
DELETE FROM worker WHERE id = ANY(%(workers)s);

-- name: forget_rested
DELETE FROM host WHERE run IS NULL AND free_at <= clock_timestamp();

-- name: workers
SELECT id, machine, process, version, since, seen > clock_timestamp() - make_interval(secs => %(dead_s)s)
FROM worker ORDER BY id;

-- name: runs
SELECT worker, kind, about, since FROM run ORDER BY worker, since, id;

-- name: depth
SELECT task_name, status::text, count(*) FROM procrastinate_jobs
WHERE status IN ('todo', 'doing', 'failed') GROUP BY 1, 2 ORDER BY 1, 2;
