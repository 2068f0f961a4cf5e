-- What people wait for, and whom the paper has yet to tell of it.

-- A watch, in MessagePack; of changes up to the number `heard` its webhook is told already, or will be.
CREATE TABLE watch (
    num INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    heard INTEGER NOT NULL,
    content BLOB NOT NULL
) STRICT;

-- Changes that a webhook is to be told of, each once; gone when it was.
CREATE TABLE delivery (
    watch INTEGER NOT NULL REFERENCES watch (num),
    change INTEGER NOT NULL,
    due INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (watch, change)
) STRICT, WITHOUT ROWID;

CREATE INDEX delivery_due ON delivery (due);
