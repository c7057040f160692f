-- What happened to jobs, minute by minute; minutes in which nothing did have no row.
CREATE TABLE job_minutes (
    minute    INTEGER PRIMARY KEY, -- minutes since 1970
    added     INTEGER NOT NULL,
    started   INTEGER NOT NULL,
    completed INTEGER NOT NULL,
    failed    INTEGER NOT NULL,
    stopped   INTEGER NOT NULL,
    waiting   INTEGER NOT NULL, -- after the last change
    running   INTEGER NOT NULL,
    waits     TEXT    NOT NULL, -- JSON: the number of waits by the range of their length
    runs      TEXT    NOT NULL
) STRICT;
