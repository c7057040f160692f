-- The tasks that a run finished before the one it is at, and on which version of their modules. A job of one task has none.
CREATE TABLE done_tasks (
    job            INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
    epoch          INTEGER NOT NULL,
    task_index     INTEGER NOT NULL,
    module_version TEXT,
    PRIMARY KEY (job, epoch, task_index)
) STRICT, WITHOUT ROWID;
