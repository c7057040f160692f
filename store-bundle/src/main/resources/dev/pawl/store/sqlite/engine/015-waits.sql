-- Jobs that wait for others. A row goes with the end of either.
CREATE TABLE job_waits (
    prerequisite BLOB    NOT NULL, -- the id of the job it waits for, whose row may be gone first
    job          INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
    completion   INTEGER NOT NULL, -- 1 when no other end of that job will do
    not_before   INTEGER, -- when the job may start at the earliest; microseconds since 1970
    PRIMARY KEY (prerequisite, job)
) STRICT, WITHOUT ROWID;

CREATE INDEX job_waits_of_job ON job_waits (job);

-- Jobs that are over, of whose end those that wait for them are still to be told.
CREATE TABLE ended_prerequisites (
    n       INTEGER PRIMARY KEY,
    job     BLOB    NOT NULL, -- the UUID's 16 bytes
    outcome TEXT    NOT NULL CHECK (outcome IN ('completed', 'failed', 'stopped', 'removed')),
    at      INTEGER NOT NULL
) STRICT;
