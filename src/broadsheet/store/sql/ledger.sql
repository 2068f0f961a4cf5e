-- name: unledgered
SELECT unledgered.num, post.id FROM unledgered JOIN post ON post.num = unledgered.post
ORDER BY unledgered.num LIMIT :limit;

-- name: count_unledgered
SELECT count(*) FROM unledgered;

-- name: ledgered
DELETE FROM unledgered WHERE num IN (SELECT value FROM numbers(:nums));

-- name: places_of_posts
-- What the ledger needs of posts besides their facts: a copy names the post that it carries.
SELECT post.id, feed.id, post.published, story.id, CASE WHEN story_post.role <> 'report' THEN source.id END
FROM post JOIN feed ON feed.num = post.feed
    LEFT JOIN story_post ON story_post.post = post.num LEFT JOIN story ON story.num = story_post.story
    LEFT JOIN post AS source ON source.num = story_post.source
WHERE post.id IN (SELECT value FROM texts(:ids));

-- name: posts_of_stories
SELECT post.id FROM story JOIN story_post ON story_post.story = story.num JOIN post ON post.num = story_post.post
WHERE story.id IN (SELECT value FROM texts(:stories));

-- name: entries
SELECT id, content FROM ledger WHERE id IN (SELECT value FROM texts(:ids));

-- name: entries_of_posts
SELECT DISTINCT ledger.num, ledger.id, ledger.content
FROM ledger_post JOIN ledger ON ledger.num = ledger_post.entry JOIN post ON post.num = ledger_post.post
WHERE post.id IN (SELECT value FROM texts(:ids)) ORDER BY ledger.id;

-- name: entries_of_keys
-- Entries that claims told between two moments may belong to.
SELECT DISTINCT ledger.num, ledger.id, ledger.content
FROM ledger_key JOIN ledger ON ledger.num = ledger_key.entry
WHERE ledger_key.key IN (SELECT value FROM texts(:keys))
    AND ledger.last_at >= :since AND ledger.first_at <= :until
ORDER BY ledger.id;

-- name: entries_of_story
SELECT ledger.content FROM ledger_story JOIN ledger ON ledger.num = ledger_story.entry
WHERE ledger_story.story = :story ORDER BY ledger.first_at, ledger.id;

-- name: entries_of_company
SELECT ledger.content FROM ledger_company JOIN ledger ON ledger.num = ledger_company.entry
WHERE ledger_company.company = :company ORDER BY ledger.last_at DESC, ledger.id;

-- name: all_entries
SELECT num, id, digest, status, first_at, last_at FROM ledger ORDER BY first_at DESC, id DESC;

-- name: listed_entries
SELECT content FROM ledger
WHERE (CAST(:statuses AS TEXT) IS NULL OR status IN (SELECT value FROM texts(:statuses))) AND last_at <= :before
ORDER BY last_at DESC, id DESC LIMIT :limit;

-- name: all_ledger_companies
SELECT entry, company FROM ledger_company ORDER BY entry, company;

-- name: all_ledger_stories
SELECT entry, story FROM ledger_story ORDER BY entry, story;

-- name: all_ledger_alone
SELECT ledger_post.entry, post.id FROM ledger_post JOIN post ON post.num = ledger_post.post
WHERE NOT EXISTS (SELECT 1 FROM story_post WHERE story_post.post = ledger_post.post)
ORDER BY ledger_post.entry, post.id;

-- name: keep_entry
INSERT INTO ledger (id, digest, status, first_at, last_at, changed_at, content)
VALUES (:id, :digest, :status, :first, :last, :now, :content)
ON CONFLICT (id) DO UPDATE SET digest = excluded.digest, status = excluded.status, first_at = excluded.first_at,
    last_at = excluded.last_at, changed_at = excluded.changed_at, content = excluded.content
RETURNING num;

-- name: forget_entry_posts
DELETE FROM ledger_post WHERE entry = :entry;

-- name: forget_entry_companies
DELETE FROM ledger_company WHERE entry = :entry;

-- name: forget_entry_stories
DELETE FROM ledger_story WHERE entry = :entry;

-- name: forget_entry_keys
DELETE FROM ledger_key WHERE entry = :entry;

-- name: keep_entry_posts
INSERT INTO ledger_post (post, entry)
SELECT post.num, :entry FROM post WHERE post.id IN (SELECT value FROM texts(:values));

-- name: keep_entry_companies
INSERT INTO ledger_company (company, entry) SELECT DISTINCT value, CAST(:entry AS BIGINT) FROM texts(:values) WHERE true;

-- name: keep_entry_stories
INSERT INTO ledger_story (story, entry) SELECT DISTINCT value, CAST(:entry AS BIGINT) FROM texts(:values) WHERE true;

-- name: keep_entry_keys
INSERT INTO ledger_key (key, entry) SELECT DISTINCT value, CAST(:entry AS BIGINT) FROM texts(:values) WHERE true;

-- name: entry_number
SELECT num FROM ledger WHERE id = :id;

-- name: drop_entry
DELETE FROM ledger WHERE num = :entry;

-- name: keep_change
INSERT INTO ledger_change (entry, at, before, after, step)
VALUES (:entry, :now, :before, :after, :step);

-- name: changes_after
-- An entry that is no more changes nothing.
SELECT ledger_change.num, ledger_change.at, ledger_change.before, ledger_change.after, ledger_change.step,
    ledger.content
FROM ledger_change JOIN ledger ON ledger.id = ledger_change.entry
WHERE ledger_change.num > :after AND ledger_change.at >= :since ORDER BY ledger_change.num LIMIT :limit;

-- name: last_change
SELECT coalesce(max(num), 0) FROM ledger_change;
