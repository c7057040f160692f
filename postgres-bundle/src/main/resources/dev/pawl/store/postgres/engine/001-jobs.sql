-- Jobs. What was requested is written once; where a job stands is a row of exactly one of four tables, which is inserted and deleted, so that no
-- ended job lies in an index of those that wait. Times are microseconds since 1970, by the clock of the database. Columns of eight bytes come
-- first in each row that is there for every job, and texts last, since what stands between them would be padding.

-- Raises an error when a statement touched another number of rows than it had to: the transaction relied on rows that are others by now.
CREATE FUNCTION expect_rows (touched bigint, wanted bigint) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    IF touched <> wanted THEN
        RAISE EXCEPTION 'Rows were changed by another server: % instead of %', touched, wanted USING ERRCODE = 'PW001';
    END IF;
    RETURN touched;
END $$;

-- Servers that may run jobs. A row goes once no run names its owner.
CREATE TABLE servers (
    owner       bigint  PRIMARY KEY, -- a random number that a process draws at its start
    lease_until bigint  NOT NULL     -- until then its runs are its own
) WITH (fillfactor = 50);

-- A transaction of a server: the proof that it was committed, and what it changed of the numbers of jobs. Row 0 of a server is the sum of its
-- earlier ones; row 0 of owner 0 that of servers that have been gone for long.
CREATE TABLE commits (
    owner     bigint NOT NULL,
    n         bigint NOT NULL,
    pending   bigint NOT NULL,
    running   bigint NOT NULL,
    completed bigint NOT NULL,
    failed    bigint NOT NULL,
    stopped   bigint NOT NULL,
    gone_at   bigint, -- in row 0 of a server without a lease: when its rows were folded
    gone_n    bigint, -- and its last transaction then
    PRIMARY KEY (owner, n)
);

CREATE SEQUENCE job_numbers;

CREATE TABLE jobs (
    job          bigint  PRIMARY KEY, -- the order in which jobs were added
    created_at   bigint  NOT NULL, -- by the clock of who requested it
    queued_at    bigint  NOT NULL,
    id           uuid    NOT NULL UNIQUE,
    priority     integer NOT NULL,
    module_key   text    COLLATE "C" NOT NULL, -- the distinct modules of its tasks, sorted, joined by commas
    search_title text    NOT NULL, -- the title in lower case
    request      text    NOT NULL, -- JSON
    starter_id   text,
    starter_name text
);

CREATE TABLE ready (
    job             bigint NOT NULL,
    lane            bigint NOT NULL, -- its place in the queue before age: lower goes first
    queued_at       bigint NOT NULL,
    -- what a job that never ran has none of
    epoch           bigint,
    elapsed_ns      bigint,
    started_at      bigint,
    run_started_at  bigint,
    percent         double precision,
    lines           bigint, -- number of the last log line
    lines_dropped   bigint, -- number of the last line that is gone
    log_size        bigint, -- characters of the lines that are there
    results         bigint, -- number of the last result
    final_results   bigint, -- number of the last result that a checkpoint made final
    generation      bigint, -- the highest of a deployment of its modules that a server had when it began a run; what never ran there has none
    attempt         integer,
    crashes         integer,
    crashes_at_mark integer, -- how many runs in a row ended at its mark
    task_index      integer,
    module_key      text   COLLATE "C" NOT NULL,
    crash_mark      text, -- how far it was when its last run ended with the process
    parked          text,
    worker          text,
    module_version  text,
    info            text, -- JSON
    failure         text -- JSON
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, vacuum_truncate = off);

-- The number of the job is an expression here, so that no plan looks a job up in this index, which would read all of it.
CREATE INDEX ready_queue ON ready (module_key, lane, queued_at, (job + 0));
CREATE INDEX ready_suspected ON ready (lane, queued_at, job) WHERE crashes >= 2;
-- Of two indexes that seem to cost the same, as all of an empty table do, the planner takes the one that was made last.
ALTER TABLE ready ADD PRIMARY KEY (job);

-- Jobs that wait for a time, for others, or for the earlier ones of their schedule.
CREATE TABLE later (LIKE ready) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, vacuum_truncate = off);
ALTER TABLE later ADD COLUMN due_at bigint NOT NULL;
CREATE INDEX later_due ON later (due_at);
ALTER TABLE later ADD PRIMARY KEY (job);

-- Jobs that run. No column that changes while they do is in an index.
CREATE TABLE runs (LIKE ready)
    WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, vacuum_truncate = off);
ALTER TABLE runs
    ADD COLUMN owner       bigint NOT NULL, -- the server that claimed it
    ADD COLUMN lease_until bigint, -- of the external worker that has it; null when it runs in the server
    ADD COLUMN trial_until bigint, -- while it runs alone: until when no other job begins there
    ADD COLUMN limited_claim bigint, -- when a module of it has a limit: the number of its claim among those for such modules
    ADD PRIMARY KEY (job);
CREATE INDEX runs_limited ON runs (limited_claim) WHERE limited_claim IS NOT NULL;
CREATE INDEX runs_tried ON runs (job) WHERE trial_until IS NOT NULL; -- empty as a rule

-- Here run_started_at is null when it is started_at.
CREATE TABLE ended (completed_at bigint NOT NULL, LIKE ready);
ALTER TABLE ended
    ADD COLUMN status       "char" NOT NULL CHECK (status IN ('c', 'f', 's')), -- completed, failed, stopped: of a text PostgreSQL takes the first letter
    ADD COLUMN stopper_id   text,
    ADD COLUMN stopper_name text;
CREATE INDEX ended_status ON ended (status, job);
CREATE INDEX ended_module ON ended (module_key, status, job);
ALTER TABLE ended ADD PRIMARY KEY (job);

CREATE VIEW job_places AS
    SELECT job, 'ready' AS place, 'pending' AS status, module_key, lane, NULL::bigint AS due_at, NULL::bigint AS owner, NULL::bigint AS lease_until,
        NULL::bigint AS trial_until, NULL::bigint AS completed_at, NULL::text AS stopper_id, NULL::text AS stopper_name,
        epoch, attempt, crashes, crash_mark, crashes_at_mark, task_index, elapsed_ns, started_at, run_started_at, parked, worker,
        module_version, percent, info, lines, lines_dropped, log_size, results, final_results, failure, generation FROM ready
    UNION ALL SELECT job, 'later', 'pending', module_key, lane, due_at, NULL, NULL, NULL, NULL, NULL, NULL,
        epoch, attempt, crashes, crash_mark, crashes_at_mark, task_index, elapsed_ns, started_at, run_started_at, parked, worker,
        module_version, percent, info, lines, lines_dropped, log_size, results, final_results, failure, generation FROM later
    UNION ALL SELECT job, 'runs', 'running', module_key, lane, NULL, owner, lease_until, trial_until, NULL, NULL, NULL,
        epoch, attempt, crashes, crash_mark, crashes_at_mark, task_index, elapsed_ns, started_at, run_started_at, parked, worker,
        module_version, percent, info, lines, lines_dropped, log_size, results, final_results, failure, generation FROM runs
    UNION ALL SELECT job, 'ended', CASE status WHEN 'c' THEN 'completed' WHEN 'f' THEN 'failed' ELSE 'stopped' END, module_key, lane,
        NULL, NULL, NULL, NULL, completed_at, stopper_id, stopper_name,
        epoch, attempt, crashes, crash_mark, crashes_at_mark, task_index, elapsed_ns, started_at, coalesce(run_started_at, started_at), parked, worker,
        module_version, percent, info, lines, lines_dropped, log_size, results, final_results, failure, generation FROM ended;

-- What the current task saved and runs with; no row when that is nothing.
CREATE TABLE task_states (
    job        bigint PRIMARY KEY,
    checkpoint text, -- JSON
    version    text, -- of the module that saved it
    settings   text -- JSON
);

CREATE TABLE log_lines (
    job        bigint  NOT NULL,
    n          bigint  NOT NULL,
    at         bigint  NOT NULL,
    epoch      bigint  NOT NULL,
    task_index integer NOT NULL,
    level      text    NOT NULL,
    message    text    NOT NULL,
    PRIMARY KEY (job, n)
);

CREATE TABLE results (
    job        bigint  NOT NULL,
    n          bigint  NOT NULL,
    at         bigint  NOT NULL,
    task_index integer NOT NULL,
    body       text    NOT NULL, -- JSON
    PRIMARY KEY (job, n)
);

-- Runs that ended while their job went on.
CREATE TABLE former_runs (
    job            bigint  NOT NULL,
    epoch          bigint  NOT NULL,
    task_index     integer NOT NULL,
    module_version text,
    worker         text,
    started_at     bigint  NOT NULL,
    ended_at       bigint  NOT NULL,
    outcome        text    NOT NULL,
    failure        text, -- JSON
    PRIMARY KEY (job, epoch)
);

CREATE TABLE done_tasks (
    job            bigint  NOT NULL,
    epoch          bigint  NOT NULL,
    task_index     integer NOT NULL,
    module_version text,
    PRIMARY KEY (job, epoch, task_index)
);

-- The unique keys of jobs that have not ended; that no two of them have the same is the key.
CREATE TABLE live_keys (
    unique_key text   COLLATE "C" PRIMARY KEY,
    job        bigint NOT NULL UNIQUE
);

-- Unique keys that count for a time after the end of their job.
CREATE TABLE kept_keys (
    job        bigint PRIMARY KEY,
    unique_key text   COLLATE "C" NOT NULL,
    kept_for   bigint NOT NULL -- microseconds
);
CREATE INDEX kept_keys_key ON kept_keys (unique_key);

-- Jobs that wait for others. A row goes with the end of either.
CREATE TABLE job_waits (
    prerequisite uuid    NOT NULL, -- the id of the job it waits for, whose row may be gone first
    job          bigint  NOT NULL,
    completion   boolean NOT NULL, -- whether no other end of that job will do
    not_before   bigint, -- when the job may start at the earliest
    PRIMARY KEY (prerequisite, job)
);
CREATE INDEX job_waits_of_job ON job_waits (job);

-- Jobs that are over, of whose end those that wait for them are still to be told.
CREATE TABLE ended_prerequisites (
    n       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job     uuid   NOT NULL,
    outcome text   NOT NULL CHECK (outcome IN ('completed', 'failed', 'stopped', 'removed')),
    at      bigint NOT NULL
);

-- What happened to jobs, minute by minute; minutes in which nothing did have no row.
CREATE TABLE job_minutes (
    minute    bigint PRIMARY KEY, -- minutes since 1970
    added     bigint NOT NULL,
    started   bigint NOT NULL,
    completed bigint NOT NULL,
    failed    bigint NOT NULL,
    stopped   bigint NOT NULL,
    waiting   bigint NOT NULL, -- after the last change
    running   bigint NOT NULL,
    waits     text   NOT NULL, -- JSON: the number of waits by the range of their length
    runs      text   NOT NULL
);

-- Modules with a limit, whose rows are locked by whoever claims for them.
CREATE TABLE limits (
    module text COLLATE "C" PRIMARY KEY
);

-- Numbers of such claims, each drawn under those locks: a run that begins later has a greater one.
CREATE SEQUENCE limited_claims;

-- What the transactions of a server did that concerns others, while there are others; for a minute.
CREATE TABLE news (
    owner bigint NOT NULL,
    n     bigint NOT NULL, -- the transaction's number among those of its server
    place bigint NOT NULL, -- greater than that of each transaction which it has seen
    at    bigint NOT NULL,
    body  bytea  NOT NULL, -- GroupNews
    PRIMARY KEY (owner, n)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, vacuum_truncate = off);

CREATE SEQUENCE news_places;
