-- The artifacts of a job together, with the name of the folder of their files, which is the id of the job.
CREATE TABLE artifact_sets (
    job    bigint PRIMARY KEY,
    folder uuid   NOT NULL,
    files  bigint NOT NULL,
    bytes  bigint NOT NULL
);

CREATE TABLE artifacts (
    job          bigint  NOT NULL REFERENCES artifact_sets ON DELETE CASCADE,
    path         text    COLLATE "C" NOT NULL,
    file         text    NOT NULL,
    size         bigint  NOT NULL,
    content_type text    NOT NULL,
    sha256       text    NOT NULL,
    task_index   integer NOT NULL,
    at           bigint  NOT NULL,
    PRIMARY KEY (job, path)
);

-- Folders of jobs whose artifacts were removed, until they are deleted.
CREATE TABLE removed_artifacts (
    folder uuid PRIMARY KEY
);

CREATE FUNCTION remember_artifacts () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO removed_artifacts (folder) VALUES (OLD.folder) ON CONFLICT (folder) DO NOTHING;
    RETURN NULL;
END $$;

CREATE TRIGGER artifact_sets_removed AFTER DELETE ON artifact_sets FOR EACH ROW EXECUTE FUNCTION remember_artifacts ();
