-- The audit log. A row holds as many entries as fit a page; the last one grows with each transaction that has entries.
CREATE TABLE audit_chunks (
    first   INTEGER PRIMARY KEY, -- the number of its first entry
    entries INTEGER NOT NULL,
    latest  INTEGER NOT NULL, -- the greatest time of its entries, milliseconds since 1970
    hash    BLOB    NOT NULL, -- of its last entry
    body    BLOB    NOT NULL
) STRICT;

-- Where the chain of hashes begins: the last entry that was removed for its age.
CREATE TABLE audit_anchor (
    number INTEGER NOT NULL,
    hash   BLOB    NOT NULL
) STRICT;

INSERT INTO audit_anchor VALUES (0, zeroblob(32));

-- Those who start and stop jobs, so that a job's row holds a small number.
CREATE TABLE people (
    n    INTEGER PRIMARY KEY,
    id   TEXT    NOT NULL,
    name TEXT    NOT NULL,
    UNIQUE (id, name)
) STRICT;

ALTER TABLE jobs ADD COLUMN started_by INTEGER; -- of people; null for a job of before this column

-- Who stopped a job; no row when nobody did.
CREATE TABLE job_stops (
    job    INTEGER PRIMARY KEY REFERENCES jobs ON DELETE CASCADE,
    person INTEGER NOT NULL
) STRICT;
