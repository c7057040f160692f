-- Jobs. A row holds what changes while a job lives and what it is found by; it stays small, because each write of a run
-- rewrites it. Times are microseconds since 1970.
CREATE TABLE jobs (
    seq           INTEGER PRIMARY KEY, -- the order in which jobs were added
    id            BLOB    NOT NULL UNIQUE, -- the UUID's 16 bytes
    status        TEXT    NOT NULL CHECK (status IN ('pending', 'running', 'completed', 'failed', 'stopped')),
    module_key    TEXT    NOT NULL, -- the distinct modules of its tasks, sorted, joined by commas
    rank          INTEGER NOT NULL, -- its place in the queue before age: lower goes first
    priority      INTEGER NOT NULL,
    due_at        INTEGER, -- while pending: not before; null when it may start
    leased_until  INTEGER, -- while running: null when it runs in the server
    unique_key    TEXT,
    epoch         INTEGER NOT NULL DEFAULT 0,
    attempt       INTEGER NOT NULL DEFAULT 1,
    crashes       INTEGER NOT NULL DEFAULT 0,
    task_index    INTEGER NOT NULL DEFAULT 0,
    elapsed_ns    INTEGER NOT NULL DEFAULT 0,
    created_at    INTEGER NOT NULL,
    started_at    INTEGER,
    completed_at  INTEGER,
    parked        TEXT,
    worker        TEXT,
    percent       REAL    NOT NULL DEFAULT 0,
    lines         INTEGER NOT NULL DEFAULT 0, -- number of the last log line
    results       INTEGER NOT NULL DEFAULT 0, -- number of the last result
    final_results INTEGER NOT NULL DEFAULT 0, -- number of the last result that a checkpoint made final
    search_title  TEXT    NOT NULL, -- the title in lower case
    info          TEXT, -- JSON
    failure       TEXT -- JSON
) STRICT;

-- What the queue reads holds live jobs alone, so that a million finished ones do not slow it down.
CREATE INDEX jobs_ready ON jobs (module_key, rank, seq) WHERE status = 'pending' AND due_at IS NULL;
CREATE INDEX jobs_scheduled ON jobs (due_at) WHERE status = 'pending' AND due_at IS NOT NULL;
CREATE INDEX jobs_queue ON jobs (rank, seq, module_key) WHERE status = 'pending';
CREATE INDEX jobs_running ON jobs (leased_until, module_key) WHERE status = 'running';
CREATE UNIQUE INDEX jobs_unique_key ON jobs (unique_key) WHERE unique_key IS NOT NULL AND status IN ('pending', 'running');

-- Lists of jobs that have ended; each is entered once, when it ends.
CREATE INDEX jobs_ended_by_status ON jobs (status, seq) WHERE completed_at IS NOT NULL;
CREATE INDEX jobs_ended_by_module ON jobs (module_key, status, seq) WHERE completed_at IS NOT NULL;

CREATE TABLE job_counts (
    status TEXT    PRIMARY KEY,
    jobs   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO job_counts VALUES ('pending', 0), ('running', 0), ('completed', 0), ('failed', 0), ('stopped', 0);

CREATE TRIGGER jobs_added AFTER INSERT ON jobs BEGIN
    UPDATE job_counts SET jobs = jobs + 1 WHERE status = NEW.status;
END;

CREATE TRIGGER jobs_moved AFTER UPDATE OF status ON jobs WHEN OLD.status <> NEW.status BEGIN
    UPDATE job_counts SET jobs = jobs - 1 WHERE status = OLD.status;
    UPDATE job_counts SET jobs = jobs + 1 WHERE status = NEW.status;
END;

CREATE TRIGGER jobs_removed AFTER DELETE ON jobs BEGIN
    UPDATE job_counts SET jobs = jobs - 1 WHERE status = OLD.status;
END;

-- What was asked for; never changes.
CREATE TABLE requests (
    job  INTEGER PRIMARY KEY REFERENCES jobs ON DELETE CASCADE,
    body TEXT    NOT NULL -- JSON
) STRICT;

-- What the current task saved and runs with; no row when that is nothing.
CREATE TABLE task_states (
    job        INTEGER PRIMARY KEY REFERENCES jobs ON DELETE CASCADE,
    checkpoint TEXT, -- JSON
    settings   TEXT -- JSON
) STRICT;

CREATE TABLE log_lines (
    job        INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
    n          INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    level      TEXT    NOT NULL,
    task_index INTEGER NOT NULL,
    epoch      INTEGER NOT NULL,
    message    TEXT    NOT NULL,
    PRIMARY KEY (job, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE results (
    job        INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
    n          INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    task_index INTEGER NOT NULL,
    body       TEXT    NOT NULL, -- JSON
    PRIMARY KEY (job, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
    owner TEXT NOT NULL,
    name  TEXT NOT NULL,
    body  TEXT NOT NULL, -- JSON
    PRIMARY KEY (owner, name)
) STRICT;

CREATE TABLE deployments (
    n            INTEGER PRIMARY KEY AUTOINCREMENT, -- the order in which they became current
    bundle       TEXT    NOT NULL,
    version      TEXT    NOT NULL,
    sha256       TEXT    NOT NULL,
    modules      TEXT    NOT NULL, -- JSON
    origin       TEXT    NOT NULL,
    source       TEXT,
    enabled      INTEGER NOT NULL,
    installed_at INTEGER NOT NULL,
    installed_by TEXT    NOT NULL,
    is_current   INTEGER NOT NULL,
    UNIQUE (bundle, sha256)
) STRICT;

CREATE UNIQUE INDEX deployments_current ON deployments (bundle) WHERE is_current = 1;
