-- What was done, or tried, with module bundles.
ALTER TABLE deployments ADD COLUMN signer TEXT;

CREATE TABLE deployment_history (
    n            INTEGER PRIMARY KEY AUTOINCREMENT,
    bundle       TEXT    NOT NULL,
    modules      TEXT    NOT NULL, -- ids, with a space before and after each
    happened_at  INTEGER NOT NULL,
    happened_by  TEXT    NOT NULL,
    action       TEXT    NOT NULL,
    from_version TEXT,
    to_version   TEXT,
    sha256       TEXT    NOT NULL,
    outcome      TEXT    NOT NULL,
    detail       TEXT    NOT NULL
) STRICT;

CREATE INDEX deployment_history_bundle ON deployment_history (bundle, n);
