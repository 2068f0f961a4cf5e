-- FTS5 writes two bytes more for every word of a post in any column but the first: the text comes first, and the index
-- is a sixth smaller. It is made anew from the posts.
DROP TABLE search;
CREATE VIRTUAL TABLE search USING fts5 (body, title, marks, content = '', tokenize = 'ascii');
INSERT INTO search (search, rank) VALUES ('hashsize', 16777216);
INSERT INTO search (search, rank) VALUES ('automerge', 8);
