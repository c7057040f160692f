-- A log keeps its latest lines.
ALTER TABLE jobs ADD COLUMN lines_dropped INTEGER NOT NULL DEFAULT 0; -- number of the last line that is gone
ALTER TABLE jobs ADD COLUMN log_size INTEGER NOT NULL DEFAULT 0; -- characters of the lines that are there
