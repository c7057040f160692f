package dev.pawl.store.sqlite.engine;

import dev.pawl.service.problem.IoReason;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrates a database to the current schema: after a backup, in one transaction. Whatever ends it in between, the store is as the former
 * release left it.
 */
public final class Migrations {

    /** The scripts, in order; a released one never changes. The schema version is the number of scripts. */
    private static final List<String> SCRIPTS = List.of(
            "001-jobs.sql",
            "002-runs.sql",
            "003-deployment-history.sql",
            "004-suspects.sql",
            "005-log-caps.sql",
            "006-done-tasks.sql",
            "007-artifacts.sql",
            "008-counts.sql",
            "009-leaner-jobs.sql",
            "010-safe-retries.sql",
            "011-changed-documents.sql",
            "012-audit.sql",
            "013-secrets.sql",
            "014-schedules.sql",
            "015-waits.sql",
            "016-callbacks.sql",
            "017-hooks.sql",
            "018-notifications.sql",
            "019-job-minutes.sql");

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    /** "PAWL" in ASCII; SQLite keeps it in the file's header. */
    private static final long APPLICATION_ID = 0x5041574c;

    private final Path file;
    private final InstantSource clock;
    private final List<String> scripts;
    private final @Nullable String release;

    /**
     * The schema of this release.
     *
     * @param release the version of Pawl, which is noted beside the store; null when nothing is to be noted
     */
    public static Migrations ofThisRelease(Path file, InstantSource clock, @Nullable String release) {
        return new Migrations(
                file, clock, SCRIPTS.stream().map(Migrations::resource).toList(), release);
    }

    public Migrations(Path file, InstantSource clock, List<String> scripts, @Nullable String release) {
        this.file = file;
        this.clock = clock;
        this.scripts = List.copyOf(scripts);
        this.release = release;
    }

    /** The schema version of this release. */
    public static int present() {
        return SCRIPTS.size();
    }

    /** Whether a database says that it is a store of Pawl. */
    public static boolean isStore(Session session) throws SQLException {
        return session.number("PRAGMA application_id") == APPLICATION_ID;
    }

    /** The sentence that refuses any other database. */
    public static String noStore(Path file) {
        return "The file " + file + " is an SQLite database, but not a store of Pawl. Give another path.";
    }

    /** Opens the file, which is created when it does not exist, and migrates it to the schema of this release. */
    Session open(Connections connections) {
        createFolder();
        try {
            Session session = connections.writer();
            try {
                run(session);
                return session;
            } catch (SQLException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (SQLException e) {
            throw SqliteErrors.problem(file, e);
        }
    }

    private void createFolder() {
        try {
            Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE,
                    "The folder of the store " + file + " cannot be created: " + IoReason.of(e) + ".",
                    e);
        }
    }

    /** Runs the missing steps; refuses a database that is not a store of Pawl, or that belongs to a newer release. */
    public void run(Session session) throws SQLException {
        int version = Math.toIntExact(session.number("PRAGMA user_version"));
        refuseOthers(session, version);
        useWriteAheadLog(session);
        if (release != null) {
            new StoreRelease(file).opens(release);
        }
        if (version == 0) { // an empty database needs no backup
            migrate(session, version);
        } else if (version < scripts.size()) {
            upgrade(session, version);
        }
    }

    private void upgrade(Session session, int version) throws SQLException {
        SchemaBackups backups = new SchemaBackups(file);
        backups.write(session, version, clock);
        try {
            migrate(session, version);
            backups.removeOld();
        } catch (SQLException e) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE,
                    "The store " + file + " is unchanged: it could not be migrated from schema version " + version
                            + " to " + scripts.size() + ", because " + SqliteErrors.reason(file, e) + ".",
                    e);
        } catch (IOException e) {
            LOG.warn("An old backup of {} could not be deleted: {}.", file, e.toString());
        }
    }

    private void migrate(Session session, int version) throws SQLException {
        session.script("BEGIN IMMEDIATE");
        try {
            for (String script : scripts.subList(version, scripts.size())) {
                session.script(script);
            }
            session.script("PRAGMA application_id = " + APPLICATION_ID);
            session.script("PRAGMA user_version = " + scripts.size());
            session.script("COMMIT");
        } catch (SQLException e) {
            rollBack(session);
            throw e;
        }
    }

    /** A fault of the disk may have rolled back already; then there is nothing to undo. */
    private static void rollBack(Session session) {
        try {
            session.script("ROLLBACK");
        } catch (SQLException none) {
            LOG.debug("The migration had ended already.", none);
        }
    }

    private void refuseOthers(Session session, int version) throws SQLException {
        boolean empty = session.number("SELECT count(*) FROM sqlite_schema") == 0;
        if (!empty && !isStore(session)) {
            throw refusal(noStore(file));
        }
        if (version > scripts.size()) {
            throw refusal(new NewerStore(file, version, scripts.size(), release).sentence());
        }
    }

    /** Sets WAL mode, which the file keeps; with it, readers and the writer do not wait for each other. */
    private void useWriteAheadLog(Session session) throws SQLException {
        String mode = session.first("PRAGMA journal_mode = WAL", row -> row.getString(1))
                .orElse("");
        if (!mode.equals("wal")) {
            throw refusal("The store " + file + " cannot keep a write-ahead log there (journal mode " + mode
                    + "). Give a path on a local disk.");
        }
    }

    private static ProblemException refusal(String sentence) {
        return new ProblemException(ProblemCode.STORE_UNAVAILABLE, sentence);
    }

    private static String resource(String name) {
        try (InputStream in = Migrations.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The bundle does not contain the resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
