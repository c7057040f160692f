-- Schedules. A fire writes the row, which it has locked, so that what it is to start lies in another one.
CREATE TABLE schedules (
    n              bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name           text    COLLATE "C" NOT NULL UNIQUE,
    revision       bigint  NOT NULL, -- grows with each change and fire
    changed_at     bigint  NOT NULL, -- by someone
    timed_at       bigint  NOT NULL, -- when its timing was set
    paused         boolean NOT NULL,
    origin         text, -- file or module: the kind of declaration that it comes from; null when made by hand
    origin_name    text    COLLATE "C",
    origin_changed boolean NOT NULL, -- whether someone has changed it since
    settled_at     bigint  NOT NULL, -- due times up to here have their job or their reason
    next_at        bigint, -- the first due time after that; null when there is none
    fire_at        bigint, -- the same with its jitter
    last_at        bigint,
    last_job       uuid,
    room           integer NOT NULL -- rows of its history until old ones are removed
) WITH (fillfactor = 80);

CREATE INDEX schedules_due ON schedules (fire_at, name) WHERE fire_at IS NOT NULL;

CREATE INDEX schedules_origin ON schedules (origin_name, origin, name) WHERE origin IS NOT NULL;

CREATE TABLE schedule_requests (
    schedule bigint PRIMARY KEY REFERENCES schedules ON DELETE CASCADE,
    timing   text   NOT NULL, -- JSON
    job      text   NOT NULL -- JSON
);

-- The rules of local time by which next_at was computed; no row before they are known.
CREATE TABLE schedule_zone_rules (
    one   integer PRIMARY KEY CHECK (one = 1),
    rules text    NOT NULL
);

-- What due times came to. That no due time has two rows is the key.
CREATE TABLE fires (
    schedule bigint  NOT NULL REFERENCES schedules ON DELETE CASCADE,
    due_at   bigint  NOT NULL,
    fired_at bigint  NOT NULL,
    job      uuid, -- it may have been removed since
    outcome  text    NOT NULL,
    detail   text    NOT NULL,
    open     boolean NOT NULL, -- while the job is not known to have ended
    PRIMARY KEY (schedule, due_at)
);

CREATE INDEX fires_open ON fires (schedule, due_at) WHERE open;
