-- Hooks.
CREATE TABLE hooks (
    n               bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name            text    COLLATE "C" NOT NULL UNIQUE,
    revision        bigint  NOT NULL, -- grows with each change
    changed_at      bigint  NOT NULL, -- by someone
    paused          boolean NOT NULL,
    callback_source text    COLLATE "C" UNIQUE, -- the source whose received callbacks start its jobs
    definition      text    NOT NULL, -- JSON, with sealed secrets
    job             text    NOT NULL -- JSON
);

-- What calls of hooks came to.
CREATE TABLE hook_calls (
    n           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hook        bigint NOT NULL REFERENCES hooks ON DELETE CASCADE,
    at          bigint NOT NULL,
    delivery_id text   COLLATE "C",
    outcome     text   NOT NULL,
    job         uuid, -- it may have been removed since
    detail      text   NOT NULL,
    held_until  bigint -- while the id is remembered
);

CREATE INDEX hook_calls_of ON hook_calls (hook, n);

-- That no delivery that is remembered starts a second job is the key.
CREATE UNIQUE INDEX hook_calls_remembered ON hook_calls (hook, delivery_id) WHERE held_until IS NOT NULL AND delivery_id IS NOT NULL;
