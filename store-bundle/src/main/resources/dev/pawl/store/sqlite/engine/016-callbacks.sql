-- Callbacks of jobs, for the writes that end them: jobs without one have no row. The address is in the job's request.
CREATE TABLE job_callbacks (
    job    INTEGER PRIMARY KEY REFERENCES jobs ON DELETE CASCADE,
    events INTEGER NOT NULL, -- the events to tell of, as bits: 1 running, 2 completed, 4 failed, 8 stopped
    host   TEXT    NOT NULL -- with its port
) STRICT;

-- Events that are to be told of, or were. Times are microseconds since 1970.
CREATE TABLE deliveries (
    n        INTEGER PRIMARY KEY,
    job      INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
    event    TEXT    NOT NULL CHECK (event IN ('running', 'completed', 'failed', 'stopped')),
    host     TEXT    NOT NULL,
    state    TEXT    NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
    added_at INTEGER NOT NULL,
    since    INTEGER NOT NULL, -- its last try, or when it was added
    next_at  INTEGER, -- while waiting: when it is due
    tries    INTEGER NOT NULL DEFAULT 0, -- since it was added, or requested again
    UNIQUE (job, event)
) STRICT;

CREATE INDEX deliveries_due ON deliveries (next_at, host) WHERE next_at IS NOT NULL;

CREATE TABLE delivery_tries (
    delivery INTEGER NOT NULL REFERENCES deliveries ON DELETE CASCADE,
    n        INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    took_ms  INTEGER NOT NULL,
    status   INTEGER,
    error    TEXT,
    answer   TEXT,
    PRIMARY KEY (delivery, n)
) STRICT, WITHOUT ROWID;
