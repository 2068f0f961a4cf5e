-- Prices of securities: what each source says of a session, raw and adjusted apart. A day is counted from the year 1, as
-- Python does.
CREATE TABLE bar (
    security TEXT NOT NULL,
    day INTEGER NOT NULL,
    adjusted INTEGER NOT NULL,
    source TEXT NOT NULL,
    open REAL NOT NULL,
    high REAL NOT NULL,
    low REAL NOT NULL,
    close REAL NOT NULL,
    previous_close REAL,
    volume REAL,
    PRIMARY KEY (security, day, adjusted, source)
) STRICT, WITHOUT ROWID;

-- Securities with bars: `digest` is of all that is said of one.
CREATE TABLE priced (
    security TEXT PRIMARY KEY,
    digest TEXT NOT NULL
) STRICT, WITHOUT ROWID;
