-- name: count_unjoined
SELECT count(*) FROM unjoined;

-- name: unjoined
SELECT post FROM unjoined ORDER BY post LIMIT :limit;

-- name: kin
-- Everything that these posts can be in one story with: those that edges or people tie to them, those that are in one
-- story with them now, and so on.
WITH RECURSIVE kin (post) AS (
    SELECT value FROM numbers(:nums)
    UNION SELECT edge.second FROM kin JOIN edge ON edge.first = kin.post WHERE edge.score >= :least
    UNION SELECT edge.first FROM kin JOIN edge ON edge.second = kin.post WHERE edge.score >= :least
    UNION SELECT two.post FROM kin JOIN story_post AS one ON one.post = kin.post
        JOIN story_post AS two ON two.story = one.story
    UNION SELECT second FROM kin JOIN judgement ON first = kin.post WHERE verdict = 'together'
    UNION SELECT first FROM kin JOIN judgement ON second = kin.post WHERE verdict = 'together'
)
SELECT post.num, sketch.content
FROM kin JOIN post ON post.num = kin.post LEFT JOIN sketch ON sketch.post = post.num
ORDER BY post.published, post.id;

-- name: joined
DELETE FROM unjoined WHERE post IN (SELECT value FROM numbers(:nums));

-- name: judgements_of_kin
SELECT one.id, two.id, judgement.verdict
FROM judgement JOIN post AS one ON one.num = judgement.first JOIN post AS two ON two.num = judgement.second
WHERE judgement.first IN (SELECT value FROM numbers(:nums))
    AND judgement.second IN (SELECT value FROM numbers(:nums))
ORDER BY judgement.first, judgement.second;

-- name: all_judgements
SELECT one.id, two.id, judgement.verdict
FROM judgement JOIN post AS one ON one.num = judgement.first JOIN post AS two ON two.num = judgement.second
ORDER BY judgement.first, judgement.second;

-- name: keep_judgement
INSERT INTO judgement (first, second, verdict) VALUES (:first, :second, :verdict)
ON CONFLICT (first, second) DO UPDATE SET verdict = excluded.verdict;

-- name: drop_judgement
DELETE FROM judgement WHERE first = :first AND second = :second;

-- name: stories_of_kin
SELECT DISTINCT story.num, story.id, title.id, story.pinned, story.digest
FROM story_post JOIN story ON story.num = story_post.story JOIN post AS title ON title.num = story.title_of
WHERE story_post.post IN (SELECT value FROM numbers(:nums))
ORDER BY story.num;

-- name: one_story
SELECT story.num, story.id, title.id, story.pinned, story.digest
FROM story JOIN post AS title ON title.num = story.title_of
WHERE story.id = :id;

-- name: members_of_stories
SELECT story_post.story, post.id, story_post.role, source.id, story_post.share
FROM story_post JOIN post ON post.num = story_post.post LEFT JOIN post AS source ON source.num = story_post.source
WHERE story_post.story IN (SELECT value FROM numbers(:stories))
ORDER BY story_post.story, post.published, post.id;

-- name: background_of_story
SELECT background FROM story WHERE num = :story;

-- name: stories_without_background
SELECT story.num, story.id, title.id, story.pinned, story.digest
FROM story JOIN post AS title ON title.num = story.title_of
WHERE story.background IS NULL ORDER BY story.num DESC LIMIT :limit;

-- name: keep_background
UPDATE story SET background = :background WHERE id = :id;

-- name: forget_background
UPDATE story SET background = NULL;

-- name: suggested
SELECT story.id FROM story_suggested JOIN story ON story.num = story_suggested.other
WHERE story_suggested.story = :story
ORDER BY story_suggested.score DESC, story.id;

-- name: all_suggested
SELECT story_suggested.story, story.id FROM story_suggested JOIN story ON story.num = story_suggested.other
ORDER BY story_suggested.story, story_suggested.score DESC, story.id;

-- name: keep_story
INSERT INTO story (id, title_of, pinned, changed_at, digest) VALUES (:id, :title_of, :pinned, :now, :digest)
ON CONFLICT (id) DO UPDATE SET title_of = excluded.title_of, pinned = excluded.pinned,
    changed_at = CASE WHEN :moved THEN excluded.changed_at ELSE story.changed_at END, digest = excluded.digest,
    background = CASE WHEN :moved THEN NULL ELSE story.background END
RETURNING num;

-- name: set_story_digest
UPDATE story SET digest = :digest WHERE num = :num;

-- name: empty_stories
DELETE FROM story_post WHERE story IN (SELECT value FROM numbers(:stories));

-- name: forget_suggested
DELETE FROM story_suggested
WHERE story IN (SELECT value FROM numbers(:stories)) OR other IN (SELECT value FROM numbers(:stories));

-- name: keep_member
INSERT INTO story_post (post, story, role, source, share) VALUES (:post, :story, :role, :source, :share)
ON CONFLICT (post) DO UPDATE SET story = excluded.story, role = excluded.role, source = excluded.source,
    share = excluded.share;

-- name: drop_story
DELETE FROM story WHERE num = :num;

-- name: keep_moved
INSERT INTO story_moved (id, story) VALUES (:id, :story) ON CONFLICT (id) DO UPDATE SET story = excluded.story;

-- name: forget_moved
DELETE FROM story_moved WHERE id = :id;

-- name: all_moved
SELECT id, story FROM story_moved;

-- name: moved
SELECT story FROM story_moved WHERE id = :id;

-- name: suggest
-- Stories tied by an edge that did not make them one, unless a person said that posts of theirs stand apart. What is less
-- likely than three in ten is not worth a reader's look.
INSERT INTO story_suggested (story, other, score)
SELECT story, other, max(score) FROM (
    SELECT one.story AS story, two.story AS other, edge.score AS score
    FROM story_post AS one JOIN edge ON edge.first = one.post JOIN story_post AS two ON two.post = edge.second
    WHERE one.story IN (SELECT value FROM numbers(:stories))
    UNION ALL
    SELECT one.story, two.story, edge.score
    FROM story_post AS one JOIN edge ON edge.second = one.post JOIN story_post AS two ON two.post = edge.first
    WHERE one.story IN (SELECT value FROM numbers(:stories))
) AS tied
WHERE story <> other AND NOT EXISTS (
    SELECT 1 FROM judgement JOIN story_post AS a ON a.post = judgement.first
        JOIN story_post AS b ON b.post = judgement.second
    WHERE judgement.verdict = 'apart' AND tied.story IN (a.story, b.story) AND tied.other IN (a.story, b.story)
)
GROUP BY story, other
HAVING max(score) >= 0.3
ON CONFLICT DO NOTHING;

-- name: suggest_back
INSERT INTO story_suggested (story, other, score)
SELECT other, story, score FROM story_suggested WHERE story IN (SELECT value FROM numbers(:stories))
ON CONFLICT DO NOTHING;

-- name: story_of_posts
SELECT post.id, story.id
FROM post JOIN story_post ON story_post.post = post.num JOIN story ON story.num = story_post.story
WHERE post.id IN (SELECT value FROM texts(:ids));

-- name: pin_story
UPDATE story SET pinned = :pinned WHERE id = :id;

-- name: all_stories
SELECT num, id, title_of, pinned, changed_at, digest, background FROM story;

-- name: all_members
SELECT story_post.story, post.id, post.published, post.shown, coalesce(pictures.digest, 0), story_post.role,
    story_post.source, story_post.share
FROM story_post JOIN post ON post.num = story_post.post LEFT JOIN pictures ON pictures.post = post.num
ORDER BY story_post.story, post.published, post.id;

-- name: story_too_small
SELECT story.id FROM story
WHERE (SELECT count(*) FROM story_post WHERE story_post.story = story.num) < 2 LIMIT 20;

-- name: untitled_story
SELECT story.id FROM story
WHERE NOT EXISTS (SELECT 1 FROM story_post WHERE story_post.story = story.num AND story_post.post = story.title_of)
LIMIT 20;
