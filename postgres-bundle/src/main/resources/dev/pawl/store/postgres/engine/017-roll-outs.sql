-- Versions that are rolled out over the servers, one of a bundle at a time. The deployment that is rolled out is the current one already; a
-- server without a step is to have the one before. Rows go when the roll-out is over.
CREATE TABLE roll_outs (
    bundle      text    COLLATE "C" PRIMARY KEY,
    generation  bigint  NOT NULL, -- of the deployment
    from_sha256 text, -- null when there was none before
    to_sha256   text    NOT NULL,
    is_held     boolean NOT NULL,
    losses      integer NOT NULL DEFAULT 0,
    started_at  bigint  NOT NULL,
    started_by  text    NOT NULL,
    server      text    NOT NULL,
    moved_at    bigint  NOT NULL -- the last time that a server took its step, or ended it
);

CREATE TABLE roll_out_steps (
    bundle text   COLLATE "C" NOT NULL,
    owner  bigint NOT NULL, -- the server, in servers
    server text   NOT NULL,
    state  text   NOT NULL,
    until  bigint NOT NULL,
    PRIMARY KEY (bundle, owner)
);
