-- name: unread_changed
SELECT post.num, post.id, feed.id, feed.zone, post.published, post.language,
    coalesce(fulltext.content, revision.content), unread.num
FROM unread JOIN post ON post.num = unread.post JOIN feed ON feed.num = post.feed
    JOIN revision ON revision.post = post.num AND revision.number = post.revision
    LEFT JOIN fulltext ON fulltext.post = post.num
ORDER BY unread.num LIMIT :limit;

-- name: unread_new
SELECT post.num, post.id, feed.id, feed.zone, post.published, post.language,
    coalesce(fulltext.content, revision.content), revision.id
FROM revision JOIN post ON post.num = revision.post AND post.revision = revision.number
    JOIN feed ON feed.num = post.feed
    LEFT JOIN fulltext ON fulltext.post = post.num
WHERE revision.id > :after ORDER BY revision.id LIMIT :limit;

-- name: count_unread
SELECT count(*) FROM (
    SELECT post FROM unread
    UNION
    SELECT post.num FROM revision JOIN post ON post.num = revision.post AND post.revision = revision.number
    WHERE revision.id > :after
) AS unread_posts;

-- name: read_all_again
INSERT INTO unread (post) SELECT num FROM post WHERE true ORDER BY num DESC ON CONFLICT DO NOTHING;

-- name: posts_read
DELETE FROM unread WHERE num <= :changed;

-- name: add_reader
INSERT INTO reader (rules, book) VALUES (:rules, :book) ON CONFLICT DO NOTHING;

-- name: one_reader
SELECT num FROM reader WHERE rules = :rules AND book = :book;

-- name: posts_by_reader
SELECT reader.rules, reader.book, count(*) FROM facts JOIN reader ON reader.num = facts.reader
GROUP BY reader.num ORDER BY reader.num;

-- name: keep_facts
INSERT INTO facts (post, reader, text, content) VALUES (:post, :reader, :text, :content)
ON CONFLICT (post) DO UPDATE SET reader = excluded.reader, text = excluded.text, content = excluded.content;

-- name: posts_with_facts
SELECT post FROM facts WHERE post IN (SELECT value FROM numbers(:nums));

-- name: forget_companies
DELETE FROM company_post WHERE post IN (SELECT value FROM numbers(:nums));

-- name: forget_kinds
DELETE FROM fact_kind WHERE post IN (SELECT value FROM numbers(:nums));

-- name: keep_company
INSERT INTO company_post (company, post) VALUES (:company, :post) ON CONFLICT DO NOTHING;

-- name: keep_kind
INSERT INTO fact_kind (kind, post) VALUES (:kind, :post) ON CONFLICT DO NOTHING;

-- name: facts_of_posts
SELECT post.id, facts.text, facts.content, coalesce(fulltext.content, revision.content)
FROM post JOIN facts ON facts.post = post.num
    JOIN revision ON revision.post = post.num AND revision.number = post.revision
    LEFT JOIN fulltext ON fulltext.post = post.num
WHERE post.id IN (SELECT value FROM texts(:ids));

-- name: posts_of_company
SELECT post.id FROM company_post JOIN post ON post.num = company_post.post
WHERE company_post.company = :company AND company_post.post < :before
ORDER BY company_post.post DESC LIMIT :limit;

-- name: posts_of_kind
SELECT post.id FROM fact_kind JOIN post ON post.num = fact_kind.post
WHERE fact_kind.kind = :kind AND fact_kind.post < :before
ORDER BY fact_kind.post DESC LIMIT :limit;

-- name: posts_by_company
SELECT company, count(*) FROM company_post GROUP BY company ORDER BY company;

-- name: posts_by_kind
SELECT kind, count(*) FROM fact_kind GROUP BY kind ORDER BY kind;

-- name: all_company_posts
SELECT post, company FROM company_post ORDER BY post, company;

-- name: facts_shown
SELECT facts.post, post.id, facts.text, facts.content,
    EXISTS (SELECT 1 FROM fact_kind WHERE fact_kind.kind = :move AND fact_kind.post = facts.post)
FROM facts JOIN post ON post.num = facts.post
WHERE facts.post IN (SELECT post FROM company_post UNION SELECT post FROM fact_kind)
ORDER BY facts.post;
