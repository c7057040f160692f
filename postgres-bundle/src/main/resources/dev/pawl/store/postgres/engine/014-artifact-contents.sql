-- The contents of artifacts, in parts of 512 KB. They come before the record of their artifact, which may never come.
CREATE TABLE artifact_contents (
    job     uuid   NOT NULL, -- the id of the job, whose row may be gone first
    name    text   COLLATE "C" NOT NULL, -- the file of the artifact
    epoch   bigint NOT NULL, -- of the run that kept them
    kept_at bigint NOT NULL,
    PRIMARY KEY (job, name)
);
CREATE TABLE artifact_parts (
    job  uuid    NOT NULL,
    name text    COLLATE "C" NOT NULL,
    n    integer NOT NULL,
    body bytea   NOT NULL,
    PRIMARY KEY (job, name, n),
    FOREIGN KEY (job, name) REFERENCES artifact_contents ON DELETE CASCADE
);
ALTER TABLE artifact_parts ALTER COLUMN body SET STORAGE EXTERNAL; -- most that is large is compressed already

-- By which contents find their record.
CREATE UNIQUE INDEX artifact_sets_folder ON artifact_sets (folder);
