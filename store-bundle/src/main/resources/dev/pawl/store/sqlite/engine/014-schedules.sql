-- Schedules. A fire writes the row, so that what it is to start lies in another one. Times are microseconds since 1970.
CREATE TABLE schedules (
    n          INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL UNIQUE,
    revision   INTEGER NOT NULL, -- grows with each change and fire
    changed_at INTEGER NOT NULL, -- by someone
    timed_at   INTEGER NOT NULL, -- when its timing was set
    paused     INTEGER NOT NULL,
    origin     TEXT, -- file or module: the kind of declaration that it comes from; null when made by hand
    origin_name    TEXT,
    origin_changed INTEGER NOT NULL, -- 1 when someone has changed it since
    settled_at INTEGER NOT NULL, -- due times up to here have their job or their reason
    next_at    INTEGER, -- the first due time after that; null when there is none
    fire_at    INTEGER, -- the same with its jitter
    last_at    INTEGER,
    last_job   BLOB, -- the UUID's 16 bytes
    fires      INTEGER NOT NULL DEFAULT 0 -- rows of its history
) STRICT;

CREATE INDEX schedules_due ON schedules (fire_at, name) WHERE fire_at IS NOT NULL;

CREATE INDEX schedules_origin ON schedules (origin_name, origin, name) WHERE origin IS NOT NULL;

CREATE TABLE schedule_requests (
    schedule INTEGER PRIMARY KEY REFERENCES schedules ON DELETE CASCADE,
    timing   TEXT    NOT NULL, -- JSON
    job      TEXT    NOT NULL -- JSON
) STRICT;

-- The rules of local time by which next_at was computed; no row before they are known.
CREATE TABLE schedule_zone_rules (
    only  INTEGER PRIMARY KEY CHECK (only = 1),
    rules TEXT    NOT NULL
) STRICT;

-- What due times came to. That no due time has two rows is part of the key.
CREATE TABLE fires (
    schedule INTEGER NOT NULL REFERENCES schedules ON DELETE CASCADE,
    due_at   INTEGER NOT NULL,
    fired_at INTEGER NOT NULL,
    job      BLOB, -- the UUID's 16 bytes; it may have been removed since
    outcome  TEXT    NOT NULL CHECK (outcome IN ('started', 'skipped_overlap', 'skipped_missed', 'failed')),
    detail   TEXT    NOT NULL,
    open     INTEGER NOT NULL, -- 1 while the job is not known to have ended
    PRIMARY KEY (schedule, due_at)
) STRICT, WITHOUT ROWID;

CREATE INDEX fires_open ON fires (schedule, due_at) WHERE open = 1;
