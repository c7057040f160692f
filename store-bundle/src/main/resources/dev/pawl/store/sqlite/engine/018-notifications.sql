-- Rules for notifications, of which the writer keeps a copy in memory. Times are microseconds since 1970.
CREATE TABLE notification_rules (
    n          INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL UNIQUE,
    revision   INTEGER NOT NULL, -- grows with each change
    changed_at INTEGER NOT NULL, -- by someone
    host       TEXT    NOT NULL, -- of the receiver, with its port; empty for mails
    definition TEXT    NOT NULL, -- JSON, with sealed secrets
    ran_to     INTEGER NOT NULL DEFAULT 0, -- runs whose time was over up to here have been told
    waited_to  INTEGER NOT NULL DEFAULT 0 -- the same for waits
) STRICT;

-- Messages. What they tell of is added until their first try.
CREATE TABLE notifications (
    n         INTEGER PRIMARY KEY AUTOINCREMENT,
    id        BLOB    NOT NULL UNIQUE, -- the UUID's 16 bytes
    rule      INTEGER NOT NULL REFERENCES notification_rules ON DELETE CASCADE,
    event     TEXT    NOT NULL CHECK (event IN ('failed', 'completed_after_failing', 'running_longer_than', 'waiting_longer_than', 'missed', 'test')),
    state     TEXT    NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
    closed_at INTEGER, -- when its first try began
    since     INTEGER NOT NULL, -- its last try, or when it was added
    next_at   INTEGER, -- while waiting: when it is due
    tries     INTEGER NOT NULL DEFAULT 0,
    count     INTEGER NOT NULL,
    first_at  INTEGER NOT NULL,
    last_at   INTEGER NOT NULL,
    examples  TEXT    NOT NULL -- JSON
) STRICT;

CREATE INDEX notifications_due ON notifications (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX notifications_of ON notifications (rule, n);

-- That a rule has one open message of an outcome is part of the key.
CREATE UNIQUE INDEX notifications_open ON notifications (rule, event) WHERE closed_at IS NULL;
CREATE INDEX notifications_retried ON notifications (rule) WHERE closed_at IS NOT NULL AND next_at IS NOT NULL;

CREATE TABLE notification_tries (
    notification INTEGER NOT NULL REFERENCES notifications ON DELETE CASCADE,
    n            INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    took_ms      INTEGER NOT NULL,
    status       INTEGER,
    error        TEXT,
    answer       TEXT,
    PRIMARY KEY (notification, n)
) STRICT, WITHOUT ROWID;

-- Titles and modules whose last job has failed, for the rules that tell when one completes.
CREATE TABLE failing_jobs (
    n        INTEGER PRIMARY KEY AUTOINCREMENT,
    rule     INTEGER NOT NULL REFERENCES notification_rules ON DELETE CASCADE,
    job_kind BLOB    NOT NULL, -- a digest of title and modules
    since    INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    UNIQUE (rule, job_kind)
) STRICT;
