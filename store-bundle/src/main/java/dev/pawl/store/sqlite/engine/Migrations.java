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
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Migrates a database to the current schema, step by step, with a backup before each step. */
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

    /** "PAWL" in ASCII; SQLite keeps it in the file's header. */
    private static final long APPLICATION_ID = 0x5041574c;

    private static final String BACKUP_SUFFIX = ".backup";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path file;
    private final InstantSource clock;
    private final List<String> scripts;

    /** The schema of this release. */
    public static Migrations ofThisRelease(Path file, InstantSource clock) {
        return new Migrations(
                file, clock, SCRIPTS.stream().map(Migrations::resource).toList());
    }

    public Migrations(Path file, InstantSource clock, List<String> scripts) {
        this.file = file;
        this.clock = clock;
        this.scripts = List.copyOf(scripts);
    }

    /** The schema version of this release. */
    public static int present() {
        return SCRIPTS.size();
    }

    /** Whether a file is a backup made before a migration. */
    public static boolean isBackup(Path file) {
        return file.toString().endsWith(BACKUP_SUFFIX);
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
        long version = session.number("PRAGMA user_version");
        refuseOthers(session, version);
        useWriteAheadLog(session);
        for (int step = Math.toIntExact(version); step < scripts.size(); step++) {
            if (version > 0) { // an empty database needs no backup
                backUp(session, step);
            }
            session.script("BEGIN IMMEDIATE");
            session.script(scripts.get(step));
            session.script("PRAGMA application_id = " + APPLICATION_ID);
            session.script("PRAGMA user_version = " + (step + 1));
            session.script("COMMIT");
        }
    }

    private void refuseOthers(Session session, long version) throws SQLException {
        boolean empty = session.number("SELECT count(*) FROM sqlite_schema") == 0;
        if (!empty && session.number("PRAGMA application_id") != APPLICATION_ID) {
            throw refusal("The file " + file + " is an SQLite database, but not a store of Pawl. Give another path.");
        }
        if (version > scripts.size()) {
            throw refusal(
                    "The store " + file + " has schema version " + version + "; this release supports versions up to "
                            + scripts.size() + ". Start the newer release, or put a backup in its place. "
                            + SqliteErrors.backups(file));
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

    private void backUp(Session session, int version) throws SQLException {
        Path backup = Path.of(file + ".v" + version + "-" + TIME.format(clock.instant()) + BACKUP_SUFFIX);
        Path unfinished = Path.of(backup + ".part");
        try {
            Files.deleteIfExists(unfinished);
            session.update("VACUUM INTO ?", unfinished.toString());
            Files.move(unfinished, backup, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE,
                    "The store " + file + " was not migrated, because its backup " + backup + " could not be written: "
                            + e.getMessage() + ".",
                    e);
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
