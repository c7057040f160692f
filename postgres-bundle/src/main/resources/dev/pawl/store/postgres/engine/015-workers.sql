-- The last sign of each worker, external ones and servers, as long as it counts.
CREATE TABLE worker_signs (
    id       text   COLLATE "C" PRIMARY KEY,
    message  text   NOT NULL, -- JSON
    heard_at bigint NOT NULL
) WITH (fillfactor = 70);
