-- Answers to requests that their clients may repeat, in about the order in which they were given.
CREATE TABLE kept_answers (
    n      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key    text   COLLATE "C" NOT NULL UNIQUE,
    digest text   NOT NULL, -- of the request
    at     bigint NOT NULL,
    answer text   NOT NULL -- JSON
);
