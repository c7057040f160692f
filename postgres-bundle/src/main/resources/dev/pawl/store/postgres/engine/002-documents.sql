-- JSON documents of modules and, under owners that begin with pawl:, of the runtime. Their pages keep room, since the same few are replaced often.
CREATE TABLE documents (
    owner      text   COLLATE "C" NOT NULL,
    name       text   COLLATE "C" NOT NULL,
    body       text   NOT NULL, -- JSON
    changed_at bigint NOT NULL,
    PRIMARY KEY (owner, name)
) WITH (fillfactor = 80);
