-- Callbacks that were received.
CREATE TABLE inbox (
    n           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id          uuid   NOT NULL UNIQUE,
    received_at bigint NOT NULL,
    callback_id text   COLLATE "C",
    source      text   COLLATE "C",
    status      text,
    payload     text   NOT NULL, -- JSON
    characters  bigint NOT NULL -- of its texts
);
CREATE INDEX inbox_of_source ON inbox (source, n) WHERE source IS NOT NULL;
CREATE INDEX inbox_of_name ON inbox (callback_id, n) WHERE callback_id IS NOT NULL;

-- The extent of the callbacks, so that none counts them; no row before the first.
CREATE TABLE inbox_totals (
    one        integer PRIMARY KEY CHECK (one = 1),
    callbacks  bigint  NOT NULL,
    characters bigint  NOT NULL
) WITH (fillfactor = 10);
