-- Traditional and simplified forms are read as one, numbers apart from letters; posts are searched by feed. The index is
-- made anew from the posts.
DROP TABLE search;
CREATE VIRTUAL TABLE search USING fts5 (title, body, marks, content = '', tokenize = 'ascii');
INSERT INTO search (search, rank) VALUES ('hashsize', 16777216);
INSERT INTO search (search, rank) VALUES ('automerge', 8);
