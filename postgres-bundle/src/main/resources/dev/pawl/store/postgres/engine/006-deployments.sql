-- Module bundles: which are installed in the cluster, which were, and what was done with them.
CREATE TABLE deployments (
    n            bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bundle       text    COLLATE "C" NOT NULL,
    version      text    NOT NULL,
    sha256       text    NOT NULL,
    modules      text    NOT NULL, -- JSON
    origin       text    NOT NULL,
    source       text,
    enabled      boolean NOT NULL,
    installed_at bigint  NOT NULL,
    installed_by text    NOT NULL,
    signer       text,
    is_current   boolean NOT NULL,
    generation   bigint  NOT NULL DEFAULT 0, -- the number of the change by which it became the current one, in deployment_changes
    UNIQUE (bundle, sha256)
);
CREATE UNIQUE INDEX deployments_current ON deployments (bundle) WHERE is_current;

CREATE TABLE deployment_history (
    n            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bundle       text   COLLATE "C" NOT NULL,
    modules      text   NOT NULL, -- ids, with a space before and after each
    happened_at  bigint NOT NULL,
    happened_by  text   NOT NULL,
    action       text   NOT NULL,
    from_version text,
    to_version   text,
    sha256       text   NOT NULL,
    outcome      text   NOT NULL,
    detail       text   NOT NULL
);
CREATE INDEX deployment_history_bundle ON deployment_history (bundle, n);

-- The one server that changes modules at the moment; who has no lease has no turn.
CREATE TABLE module_turn (
    one   integer PRIMARY KEY CHECK (one = 1),
    owner bigint  NOT NULL,
    until bigint  NOT NULL -- so long at most
);

-- What each server says of itself, and of its module bundles; the lease of its row in servers tells whether that still holds.
ALTER TABLE servers
    ADD COLUMN name       text    NOT NULL DEFAULT '',
    ADD COLUMN release    text    NOT NULL DEFAULT '',
    ADD COLUMN slots      integer NOT NULL DEFAULT 0,
    ADD COLUMN started_at bigint  NOT NULL DEFAULT 0;

CREATE TABLE server_modules (
    owner   bigint NOT NULL,
    bundle  text   COLLATE "C" NOT NULL,
    version text   NOT NULL,
    sha256  text   NOT NULL,
    state   text   NOT NULL,
    detail  text   NOT NULL,
    PRIMARY KEY (owner, bundle)
);

-- One row, which is locked by each change of deployments, so that servers make them in one order and see by its number that there was one.
CREATE TABLE deployment_changes (
    one    integer PRIMARY KEY CHECK (one = 1),
    number bigint  NOT NULL
);

-- The jars of module bundles, in parts of 512 KB.
CREATE TABLE module_jars (
    sha256  text   PRIMARY KEY,
    bytes   bigint NOT NULL,
    kept_at bigint NOT NULL
);
CREATE TABLE module_jar_parts (
    sha256 text    NOT NULL,
    n      integer NOT NULL,
    body   bytea   NOT NULL,
    PRIMARY KEY (sha256, n)
);
ALTER TABLE module_jar_parts ALTER COLUMN body SET STORAGE EXTERNAL; -- a jar is compressed already
