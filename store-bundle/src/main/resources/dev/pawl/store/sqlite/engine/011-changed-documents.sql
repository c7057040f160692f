ALTER TABLE documents ADD COLUMN changed_at INTEGER; -- microseconds; null for a document of before this column
