-- A short request is in the job's own row, where it costs no row of its own and no second page of each commit.
ALTER TABLE jobs ADD COLUMN request TEXT; -- JSON; null when it is in the table of requests

-- Ended jobs of a status are found through the other index, module key by module key.
DROP INDEX jobs_ended_by_status;
