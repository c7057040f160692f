-- The audit log. A row has the entries of one transaction, or as many of them as fit, and is never changed. Rows are added under a lock of the
-- transaction, so that each goes on from the one before.
CREATE TABLE audit_chunks (
    first   bigint  PRIMARY KEY, -- the number of its first entry
    entries integer NOT NULL,
    latest  bigint  NOT NULL, -- the greatest time of its entries, milliseconds since 1970
    hash    bytea   NOT NULL, -- of its last entry
    body    bytea   NOT NULL
) WITH (toast_tuple_target = 8160);

-- The last entry that was removed for its age, from which the chain of hashes goes on; no row before the first removal.
CREATE TABLE audit_anchor (
    one    integer PRIMARY KEY CHECK (one = 1),
    number bigint  NOT NULL,
    hash   bytea   NOT NULL
);
