-- The company book: what ships is in no table, what was imported is.
-- Lists of companies that were imported, a row for each source; `ties` is a MessagePack array of CompanyTie. What is
-- `own` was written by hand and stands above the others.
CREATE TABLE company_list (
    num INTEGER PRIMARY KEY,
    source TEXT NOT NULL UNIQUE,
    own INTEGER NOT NULL,
    imported_at INTEGER NOT NULL,
    digest TEXT NOT NULL,
    ties BLOB NOT NULL
) STRICT;

-- What a list says of a company, in the order of the list: a Company, in MessagePack.
CREATE TABLE listed_company (
    list INTEGER NOT NULL REFERENCES company_list (num),
    id TEXT NOT NULL,
    place INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (list, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX listed_company_id ON listed_company (id);
