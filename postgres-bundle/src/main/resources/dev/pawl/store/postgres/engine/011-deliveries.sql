-- Deliveries of callbacks: one for each event of a job that has a callback for it.
CREATE TABLE deliveries (
    n        bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job      bigint  NOT NULL,
    event    text    NOT NULL CHECK (event IN ('running', 'completed', 'failed', 'stopped')),
    host     text    NOT NULL,
    state    text    NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
    added_at bigint  NOT NULL,
    since    bigint  NOT NULL, -- its last try, or when it was added
    next_at  bigint, -- while waiting: when it is due
    tries    integer NOT NULL, -- since it was added, or requested again
    taker    bigint, -- the server that delivers it, while that has its lease
    UNIQUE (job, event)
);
CREATE INDEX deliveries_due ON deliveries (next_at, n) WHERE next_at IS NOT NULL;

CREATE TABLE delivery_tries (
    delivery bigint  NOT NULL REFERENCES deliveries ON DELETE CASCADE,
    n        integer NOT NULL,
    at       bigint  NOT NULL,
    took_ms  bigint  NOT NULL,
    status   integer NOT NULL, -- 0 when no answer came
    error    text,
    answer   text,
    PRIMARY KEY (delivery, n)
);
