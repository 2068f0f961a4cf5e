-- What procrastinate does not keep: who works, at which hosts, and what was done when. All moments are the server's.
-- Its own tables stand beside these.
CREATE TABLE made (
    version text NOT NULL
);

CREATE TABLE worker (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    machine text NOT NULL,
    process integer NOT NULL,
    version text NOT NULL,
    since timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- What a worker is at: one row from the beginning of a job to its end.
CREATE TABLE run (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    worker bigint NOT NULL REFERENCES worker ON DELETE CASCADE,
    kind text NOT NULL,
    about text NOT NULL,
    since timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX run_worker ON run (worker);

-- A host that a run asks now, or that may not be asked before a moment.
CREATE TABLE host (
    name text PRIMARY KEY,
    run bigint REFERENCES run ON DELETE SET NULL,
    free_at timestamptz NOT NULL DEFAULT 'epoch'
);

CREATE INDEX host_run ON host (run);

-- What is to be done now and then, by whoever comes first.
CREATE TABLE duty (
    name text PRIMARY KEY,
    done_at timestamptz NOT NULL
);
