-- The servers that do what one server must do at a time. Rows stay, so that terms only grow.
CREATE TABLE leaders (
    role   text   COLLATE "C" PRIMARY KEY,
    holder bigint NOT NULL, -- the owner of its row in servers
    term   bigint NOT NULL,
    until  bigint NOT NULL -- when its term is over, unless it asks for more; earlier with the lease of the holder
);
