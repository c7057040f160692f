-- Secrets by name. The key with which their values are encrypted lies outside of the store, and is the same on all servers.
CREATE TABLE secrets (
    name       text   COLLATE "C" PRIMARY KEY,
    sealed     text   NOT NULL,
    modules    text   NOT NULL, -- whose jobs may refer to it: ids separated by commas
    changed_at bigint NOT NULL,
    changed_by text   NOT NULL
);

-- A text that was encrypted with that key: a server that cannot read it has another one.
CREATE TABLE secret_key (
    one  integer PRIMARY KEY CHECK (one = 1),
    mark text    NOT NULL
);
