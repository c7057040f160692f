-- A job whose runs ended with the process again and again is suspected, and tried alone.
ALTER TABLE jobs ADD COLUMN crash_mark TEXT; -- how far it was when its last run ended with the process
ALTER TABLE jobs ADD COLUMN crashes_at_mark INTEGER; -- how many runs in a row ended there
ALTER TABLE jobs ADD COLUMN trial_until INTEGER; -- while it runs alone: until when no other job begins

DROP INDEX jobs_ready;
CREATE INDEX jobs_ready ON jobs (module_key, rank, seq) WHERE status = 'pending' AND due_at IS NULL AND crashes < 2;
CREATE INDEX jobs_suspected ON jobs (rank, seq, module_key) WHERE status = 'pending' AND due_at IS NULL AND crashes >= 2;
CREATE INDEX jobs_on_trial ON jobs (trial_until) WHERE trial_until IS NOT NULL;
