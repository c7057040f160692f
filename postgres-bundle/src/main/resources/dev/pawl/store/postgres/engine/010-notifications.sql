-- Rules for notifications, of which each server keeps a copy in memory. Transactions that change any of these tables follow each other.
CREATE TABLE notification_rules (
    n          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text   COLLATE "C" NOT NULL UNIQUE,
    revision   bigint NOT NULL, -- grows with each change
    changed_at bigint NOT NULL, -- by someone
    host       text   NOT NULL, -- of the receiver, with its port; empty for mails
    definition text   NOT NULL, -- JSON, with sealed secrets
    ran_to     bigint NOT NULL DEFAULT 0, -- runs whose time was over up to here have been told
    waited_to  bigint NOT NULL DEFAULT 0 -- the same for waits
);

-- The number of changes of rules, by which a server knows that its copy is old; no row before the first.
CREATE TABLE notification_state (
    one   integer PRIMARY KEY CHECK (one = 1),
    rules bigint  NOT NULL
) WITH (fillfactor = 10);

-- Messages. What they tell of is added until their first try.
CREATE TABLE notifications (
    n           bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id          uuid    NOT NULL UNIQUE,
    rule        bigint  NOT NULL REFERENCES notification_rules ON DELETE CASCADE,
    event       text    NOT NULL,
    state       text    NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
    closed_at   bigint, -- when its first try began
    since       bigint  NOT NULL, -- its last try, or when it was added
    next_at     bigint, -- while waiting: when it is due
    tries       integer NOT NULL DEFAULT 0,
    taken_by    bigint, -- while it is tried: the server that does
    taken_until bigint, -- until when nobody else does, unless the lease of that server is over
    count       bigint  NOT NULL,
    first_at    bigint  NOT NULL,
    last_at     bigint  NOT NULL,
    examples    text    NOT NULL -- JSON
);

CREATE INDEX notifications_due ON notifications (next_at, n) WHERE next_at IS NOT NULL;
CREATE INDEX notifications_of ON notifications (rule, n);

-- That a rule has one open message of an outcome is part of the key.
CREATE UNIQUE INDEX notifications_open ON notifications (rule, event) WHERE closed_at IS NULL;
CREATE INDEX notifications_retried ON notifications (rule) WHERE closed_at IS NOT NULL AND next_at IS NOT NULL;

CREATE TABLE notification_tries (
    notification bigint  NOT NULL REFERENCES notifications ON DELETE CASCADE,
    n            integer NOT NULL,
    at           bigint  NOT NULL,
    took_ms      bigint  NOT NULL,
    status       integer,
    error        text,
    answer       text,
    PRIMARY KEY (notification, n)
);

-- Titles and modules whose last job has failed, for the rules that tell when one completes.
CREATE TABLE failing_jobs (
    n        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rule     bigint NOT NULL REFERENCES notification_rules ON DELETE CASCADE,
    job_kind uuid   NOT NULL, -- a digest of title and modules
    since    bigint NOT NULL,
    failures bigint NOT NULL,
    UNIQUE (rule, job_kind)
);
