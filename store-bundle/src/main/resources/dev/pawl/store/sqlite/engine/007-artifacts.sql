-- The artifacts of jobs. A job without artifacts has no row in any of these tables.
CREATE TABLE artifact_sets (
    job    INTEGER PRIMARY KEY REFERENCES jobs ON DELETE CASCADE,
    folder BLOB    NOT NULL, -- the job's id, which names the folder of the files
    files  INTEGER NOT NULL,
    bytes  INTEGER NOT NULL
) STRICT;

CREATE TABLE artifacts (
    job          INTEGER NOT NULL REFERENCES artifact_sets ON DELETE CASCADE,
    path         TEXT    NOT NULL,
    file         TEXT    NOT NULL, -- its name in the folder
    size         INTEGER NOT NULL,
    content_type TEXT    NOT NULL,
    sha256       TEXT    NOT NULL,
    task_index   INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (job, path)
) STRICT, WITHOUT ROWID;

-- Folders whose rows are gone, until their files are deleted too.
CREATE TABLE removed_artifacts (
    folder BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE artifact_total (
    bytes INTEGER NOT NULL -- of all sets together
) STRICT;

INSERT INTO artifact_total VALUES (0);

CREATE TRIGGER artifact_sets_changed AFTER UPDATE OF bytes ON artifact_sets BEGIN
    UPDATE artifact_total SET bytes = bytes + NEW.bytes - OLD.bytes;
END;

CREATE TRIGGER artifact_sets_removed AFTER DELETE ON artifact_sets BEGIN
    UPDATE artifact_total SET bytes = bytes - OLD.bytes;
    INSERT OR IGNORE INTO removed_artifacts VALUES (OLD.folder);
END;
