-- The writer changes job_counts once a transaction.
DROP TRIGGER jobs_added;
DROP TRIGGER jobs_moved;
DROP TRIGGER jobs_removed;
