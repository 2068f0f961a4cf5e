-- name: claim_due
-- Never polled first, then by due; feeds that another poller is just borrowing are passed over.
UPDATE feed SET leased_until = :until
WHERE num IN (
    SELECT num FROM feed
    WHERE standing = 'active' AND (due IS NULL OR due <= :due_by) AND leased_until <= :now
    ORDER BY due NULLS FIRST, leased_until, num LIMIT :limit
    FOR UPDATE SKIP LOCKED
)
RETURNING id, address, section, name, title, link, language, zone, added_at, state, fulltext, due, num;

-- name: post_of_entry
SELECT num, entry_digest, digest, revision FROM post
WHERE feed = :feed AND md5(entry_id) = md5(:entry_id) AND entry_id = :entry_id;

-- name: kin
-- Everything that these posts can be in one story with: those that edges or people tie to them, those that are in one
-- story with them now, and so on.
WITH RECURSIVE kin (post) AS (
    SELECT value FROM numbers(:nums)
    UNION
    SELECT tied.post FROM kin CROSS JOIN LATERAL (
        SELECT edge.second FROM edge WHERE edge.first = kin.post AND edge.score >= :least
        UNION ALL SELECT edge.first FROM edge WHERE edge.second = kin.post AND edge.score >= :least
        UNION ALL SELECT two.post FROM story_post AS one JOIN story_post AS two ON two.story = one.story
            WHERE one.post = kin.post
        UNION ALL SELECT second FROM judgement WHERE first = kin.post AND verdict = 'together'
        UNION ALL SELECT first FROM judgement WHERE second = kin.post AND verdict = 'together'
    ) AS tied (post)
)
SELECT post.num, sketch.content
FROM kin JOIN post ON post.num = kin.post LEFT JOIN sketch ON sketch.post = post.num
ORDER BY post.published, post.id;

-- name: marks
SELECT post.id, mark.read_at, mark.starred_at, coalesce(mark.note, ''),
    (SELECT coalesce(json_agg(name ORDER BY name), '[]')::text FROM tag WHERE tag.post = post.num)
FROM texts(:ids) AS wanted JOIN post ON post.id = wanted.value LEFT JOIN mark ON mark.post = post.num
WHERE mark.read_at IS NOT NULL OR mark.starred_at IS NOT NULL OR mark.note <> ''
OR EXISTS (SELECT 1 FROM tag WHERE tag.post = post.num);

-- name: defer_keys
SET CONSTRAINTS ALL DEFERRED;

-- name: take_turn
-- Writers take turns, as they do on SQLite: what one decided by reading still holds when it writes. Who waits for news
-- is told when all is written.
SELECT pg_advisory_xact_lock(hashtext(:schema), 1112687688), pg_notify(:channel, '');
