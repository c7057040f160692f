package dev.pawl.store.postgres.move;

import dev.pawl.launch.RecordKind;
import dev.pawl.launch.StoreContents;
import dev.pawl.launch.StoredRecord;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.store.kit.move.StoredRecords;
import dev.pawl.store.postgres.engine.Durability;
import dev.pawl.store.postgres.engine.Filling;
import dev.pawl.store.postgres.engine.Migrations;
import dev.pawl.store.postgres.engine.PostgresErrors;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.StoreClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a PostgreSQL store, in one transaction: all of one moment when they are read, and there at once or not at all when they are
 * written. The table of servers is locked meanwhile, so that none begins.
 */
public final class PostgresContents implements StoreContents.Target {

    private static final int ROWS_AT_ONCE = 500;
    private static final int PARTS_AT_ONCE = 8;

    /** The longest silence within a statement: some read all rows of a table. */
    private static final Duration LONGEST_SILENCE = Duration.ofHours(1);

    private static final String SETTINGS = "SET idle_in_transaction_session_timeout = 0; SET lock_timeout = '10s'; "
            + "SET synchronous_commit = on; SET enable_seqscan = on; SET enable_hashjoin = on; SET enable_mergejoin = on; SET enable_sort = on";
    private static final String READ =
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; LOCK TABLE servers IN SHARE MODE";
    private static final String WRITE = "LOCK TABLE servers IN SHARE ROW EXCLUSIVE MODE";
    private static final String SERVERS =
            "SELECT name FROM servers WHERE lease_until > " + StoreClock.MICROS + " ORDER BY name, owner";
    private static final String NOW = "SELECT " + StoreClock.MICROS;
    private static final String LOST_JAR =
            "SELECT bundle || ' ' || version FROM deployments d WHERE is_current AND NOT EXISTS "
                    + "(SELECT 1 FROM module_jars j WHERE j.sha256 = d.sha256) ORDER BY n LIMIT 1";
    private static final String LOST_ARTIFACT =
            "SELECT s.folder::text || ' (' || a.path || ')' FROM artifacts a JOIN artifact_sets s ON s.job = a.job WHERE NOT EXISTS "
                    + "(SELECT 1 FROM artifact_contents c WHERE c.job = s.folder AND c.name = a.file) LIMIT 1";

    private final String place;
    private final Session session;
    private final RecordBatch batch;
    private boolean isFilling;

    private PostgresContents(String place, Session session, boolean isFilling) throws SQLException {
        this.place = place;
        this.session = session;
        this.isFilling = isFilling;
        this.batch = new RecordBatch(session, session.number(NOW));
    }

    /** Reads a store, whose session it closes. */
    public static PostgresContents source(String place, Session session) {
        return opened(place, session, () -> {
            session.script(SETTINGS);
            if (!Migrations.isStore(session)) {
                throw refusal("The database " + place + " is no store of Pawl.");
            }
            if (!Migrations.isPresent(session)) {
                throw refusal("The store " + place
                        + " is of another release. Start a server of this release on it, stop it, and try again.");
            }
            Filling.refuse(place, session);
            refuseServers(place, session);
            analyze(session);
            session.begin();
            session.script(READ);
            refuseServers(place, session);
            refuseLost(place, session);
            return new PostgresContents(place, session, false);
        });
    }

    /** Fills a database that is empty, and whose session it closes. */
    public static PostgresContents target(String place, Session session, String source) {
        return opened(place, session, () -> {
            session.script(SETTINGS);
            Durability.require(place, session);
            Migrations.ofThisRelease(place).run(session);
            refuseServers(place, session);
            refuseRecords(place, session);
            Filling.begin(session, source);
            session.begin();
            session.script(WRITE);
            refuseServers(place, session);
            refuseRecords(place, session);
            return new PostgresContents(place, session, true);
        });
    }

    private static PostgresContents opened(String place, Session session, Opening opening) {
        boolean opened = false;
        try {
            PostgresContents contents = opening.open();
            session.limitSilence(LONGEST_SILENCE);
            opened = true;
            return contents;
        } catch (SQLException e) {
            throw PostgresErrors.problem(place, e);
        } finally {
            if (!opened) {
                close(place, session);
            }
        }
    }

    @FunctionalInterface
    private interface Opening {
        PostgresContents open() throws SQLException;
    }

    private static void refuseServers(String place, Session session) throws SQLException {
        List<String> servers = session.list(SERVERS, row -> Session.presentText(row, 1));
        if (!servers.isEmpty()) {
            throw refusal("Servers use the store " + place + ": " + String.join(", ", servers)
                    + ". Stop them first; one that was killed counts for 15 seconds.");
        }
    }

    private static void refuseRecords(String place, Session session) throws SQLException {
        for (RecordKind kind : StoredRecords.all()) {
            long records = session.number(PostgresRecords.of(kind).count());
            if (records > 0) {
                throw refusal("The store " + place + " is not empty: it has " + records + " " + kind.name()
                        + ". Give an empty database or schema.");
            }
        }
    }

    private static void refuseLost(String place, Session session) throws SQLException {
        String jar = session.first(LOST_JAR, row -> row.getString(1)).orElse(null);
        if (jar != null) {
            throw refusal("The jar of the module bundle " + jar + " is not in the store " + place
                    + ". Start a server, install the jar again or remove the bundle, and try again.");
        }
        String artifact =
                session.first(LOST_ARTIFACT, row -> Session.presentText(row, 1)).orElse(null);
        if (artifact != null) {
            throw refusal("The store " + place + " does not have the contents of an artifact of the job " + artifact
                    + ". Start a server, remove the job, and try again.");
        }
    }

    private static ProblemException refusal(String sentence) {
        return new ProblemException(ProblemCode.STORE_UNAVAILABLE, sentence);
    }

    @Override
    public String place() {
        return place;
    }

    @Override
    public List<RecordKind> kinds() {
        return StoredRecords.all();
    }

    @Override
    public long count(RecordKind kind) {
        return with(open -> {
            batch.insert();
            return open.number(PostgresRecords.of(kind).count());
        });
    }

    @Override
    public void read(RecordKind kind, Sink sink) {
        boolean isLarge = kind.columns().stream().anyMatch(column -> column.type() == RecordKind.Type.BYTES);
        with(open -> {
            batch.insert();
            open.each(
                    isLarge ? PARTS_AT_ONCE : ROWS_AT_ONCE,
                    PostgresRecords.of(kind).select(),
                    row -> sink.take(record(kind, row)));
            return true;
        });
    }

    private static StoredRecord record(RecordKind kind, ResultSet row) throws SQLException {
        StoredRecord record = new StoredRecord(kind.columns().size());
        for (int i = 0; i < record.size(); i++) {
            Object value = value(kind.columns().get(i).type(), row, i + 1);
            record.set(i, row.wasNull() ? null : value);
        }
        return record;
    }

    private static @Nullable Object value(RecordKind.Type type, ResultSet row, int column) throws SQLException {
        return switch (type) {
            case NUMBER -> row.getLong(column);
            case REAL -> row.getDouble(column);
            case TEXT -> Session.text(row, column);
            case FLAG -> row.getBoolean(column);
            case ID -> row.getObject(column, UUID.class);
            case BYTES -> row.getBytes(column);
        };
    }

    @Override
    public void add(RecordKind kind, StoredRecord record) {
        with(open -> {
            batch.add(kind, record);
            return true;
        });
    }

    /**
     * Gives the planner the sizes of tables: of one that it knows to be empty, as after a migration that was interrupted, it would read an index
     * from end to end for each job. Those of queues that are empty stay as they are, since that is what it would believe later.
     */
    private static void analyze(Session session) throws SQLException {
        for (String table : PostgresRecords.JOINED) {
            if (session.number("SELECT count(*) FROM (SELECT 1 FROM " + table + " LIMIT 1) AS one") > 0) {
                session.script("ANALYZE " + table);
            }
        }
    }

    @Override
    public void settle() {
        with(open -> {
            batch.insert();
            for (String statement : PostgresRecords.settling()) {
                open.script(statement);
            }
            analyze(open);
            return true;
        });
    }

    @Override
    public void complete() {
        with(open -> {
            Filling.end(open);
            open.commit();
            isFilling = false;
            return true;
        });
    }

    private <T> T with(Session.Reading<T> work) {
        try {
            return work.read(session);
        } catch (SQLException e) {
            throw PostgresErrors.problem(place, e);
        }
    }

    @Override
    public void close() {
        try {
            if (isFilling) { // what has arrived goes, and the mark with it
                session.rollback();
                Filling.end(session);
            }
        } catch (SQLException e) {
            throw PostgresErrors.problem(place, e);
        } finally {
            close(place, session);
        }
    }

    private static void close(String place, Session session) {
        try {
            session.close();
        } catch (SQLException e) {
            throw PostgresErrors.problem(place, e);
        }
    }
}
