-- While another store moves into this one: no server may use it. The row goes with the transaction that brings all the others.
CREATE TABLE migration (
    one      integer PRIMARY KEY CHECK (one = 1),
    source   text    NOT NULL, -- the store that its contents come from
    begun_at bigint  NOT NULL
);
