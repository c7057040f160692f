-- The runs of a job. The latest one is in the job's own row, so that a job that runs once costs no row more.
ALTER TABLE jobs ADD COLUMN run_started_at INTEGER; -- null for a run of before this column
ALTER TABLE jobs ADD COLUMN module_version TEXT; -- of the module that the latest run does its task with

ALTER TABLE task_states ADD COLUMN version TEXT; -- of the module that saved the checkpoint

-- Runs that ended while their job went on.
CREATE TABLE former_runs (
    job            INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
    epoch          INTEGER NOT NULL,
    task_index     INTEGER NOT NULL,
    module_version TEXT,
    worker         TEXT,
    started_at     INTEGER NOT NULL,
    ended_at       INTEGER NOT NULL,
    outcome        TEXT    NOT NULL,
    failure        TEXT, -- JSON
    PRIMARY KEY (job, epoch)
) STRICT, WITHOUT ROWID;
