-- Hooks. A call writes the row, so that what it is to start lies in another one. Times are microseconds since 1970.
CREATE TABLE hooks (
    n               INTEGER PRIMARY KEY,
    name            TEXT    NOT NULL UNIQUE,
    revision        INTEGER NOT NULL, -- grows with each change
    changed_at      INTEGER NOT NULL, -- by someone
    paused          INTEGER NOT NULL,
    callback_source TEXT UNIQUE, -- the source whose received callbacks start its jobs
    room            INTEGER NOT NULL -- calls until old ones are removed
) STRICT;

CREATE TABLE hook_requests (
    hook       INTEGER PRIMARY KEY REFERENCES hooks ON DELETE CASCADE,
    definition TEXT    NOT NULL, -- JSON, with sealed secrets
    job        TEXT    NOT NULL -- JSON
) STRICT;

-- What calls of hooks came to.
CREATE TABLE hook_calls (
    n           INTEGER PRIMARY KEY AUTOINCREMENT,
    hook        INTEGER NOT NULL REFERENCES hooks ON DELETE CASCADE,
    at          INTEGER NOT NULL,
    delivery_id TEXT,
    outcome     TEXT    NOT NULL,
    job         BLOB, -- the UUID's 16 bytes; it may have been removed since
    detail      TEXT    NOT NULL,
    held_until  INTEGER -- while the id is remembered
) STRICT;

CREATE INDEX hook_calls_of ON hook_calls (hook, n);

-- That no delivery that is remembered starts a second job is part of the key.
CREATE UNIQUE INDEX hook_calls_remembered ON hook_calls (hook, delivery_id) WHERE held_until IS NOT NULL AND delivery_id IS NOT NULL;

-- Callbacks that were received.
CREATE TABLE inbox (
    n           INTEGER PRIMARY KEY AUTOINCREMENT,
    id          BLOB    NOT NULL UNIQUE, -- the UUID's 16 bytes
    received_at INTEGER NOT NULL,
    callback_id TEXT,
    source      TEXT,
    status      TEXT,
    payload     TEXT    NOT NULL, -- JSON
    characters  INTEGER NOT NULL -- of its texts
) STRICT;

CREATE INDEX inbox_of_source ON inbox (source, n) WHERE source IS NOT NULL;
CREATE INDEX inbox_of_name ON inbox (callback_id, n) WHERE callback_id IS NOT NULL;

-- The extent of the callbacks, so that none counts them.
CREATE TABLE inbox_totals (
    only       INTEGER PRIMARY KEY CHECK (only = 1),
    callbacks  INTEGER NOT NULL,
    characters INTEGER NOT NULL
) STRICT;

INSERT INTO inbox_totals (only, callbacks, characters) VALUES (1, 0, 0);
