-- name: index_text
INSERT INTO search (rowid, title, body) VALUES (:num, :title, :body);

-- name: forget_text
-- An index without content must be told what it held.
INSERT INTO search (search, rowid, title, body) VALUES ('delete', :num, :title, :body);

-- name: forget_all
INSERT INTO search (search) VALUES ('delete-all');

-- name: texts_to_index
SELECT post.num, post.title, coalesce(fulltext.content, revision.content)
FROM post JOIN revision ON revision.post = post.num AND revision.number = post.revision
    LEFT JOIN fulltext ON fulltext.post = post.num
WHERE post.num > :after ORDER BY post.num LIMIT :limit;

-- name: find_newest
SELECT rowid FROM search WHERE search MATCH :match ORDER BY rowid DESC LIMIT :limit;

-- name: find_newest_of_feed
SELECT search.rowid FROM search CROSS JOIN post ON post.num = search.rowid
WHERE search MATCH :match AND post.feed = (SELECT num FROM feed WHERE id = :feed)
ORDER BY search.rowid DESC LIMIT :limit;

-- name: find_best
-- A word of the title weighs as much as eight of the text.
SELECT rowid FROM search WHERE search MATCH :match ORDER BY bm25(search, 8.0, 1.0), rowid DESC LIMIT :limit;

-- name: find_best_of_feed
SELECT search.rowid FROM search CROSS JOIN post ON post.num = search.rowid
WHERE search MATCH :match AND post.feed = (SELECT num FROM feed WHERE id = :feed)
ORDER BY bm25(search, 8.0, 1.0), search.rowid DESC LIMIT :limit;

-- name: found
SELECT post.num, post.id, feed.id, post.title, post.summary, post.language, post.image, post.published,
    post.revision, coalesce(fulltext.content, revision.content)
FROM post JOIN feed ON feed.num = post.feed
    JOIN revision ON revision.post = post.num AND revision.number = post.revision
    LEFT JOIN fulltext ON fulltext.post = post.num
WHERE post.num IN (SELECT value FROM json_each(:nums));
