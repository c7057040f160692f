-- Secrets by name. The key with which their values are encrypted lies outside of the store.
CREATE TABLE secrets (
    name       TEXT    PRIMARY KEY,
    sealed     TEXT    NOT NULL,
    modules    TEXT    NOT NULL, -- whose jobs may refer to it: ids separated by commas
    changed_at INTEGER NOT NULL, -- microseconds since 1970
    changed_by TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
