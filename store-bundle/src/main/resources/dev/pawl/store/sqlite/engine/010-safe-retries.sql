-- Unique keys that count for a time after the end of their job; other jobs have no row.
CREATE TABLE kept_unique_keys (
    job        INTEGER PRIMARY KEY REFERENCES jobs ON DELETE CASCADE,
    unique_key TEXT    NOT NULL,
    kept_for   INTEGER NOT NULL -- microseconds
) STRICT;

CREATE INDEX kept_unique_keys_key ON kept_unique_keys (unique_key);

-- Answers to requests that their clients may repeat, in the order in which they were given.
CREATE TABLE kept_answers (
    n      INTEGER PRIMARY KEY,
    key    TEXT    NOT NULL UNIQUE,
    digest TEXT    NOT NULL, -- of the request
    at     INTEGER NOT NULL,
    answer TEXT    NOT NULL -- JSON
) STRICT;
