package dev.pawl.store.postgres.engine;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrates a database to the schema of this release, in one transaction and under a lock for which other servers wait. Two numbers say who may
 * use it: its schema version, and the oldest version that a server must know to run on it, so that servers of two releases can run side by side.
 */
public final class Migrations {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    /** The scripts, in order; a released one never changes. The schema version is the number of scripts. */
    private static final List<String> SCRIPTS = List.of(
            "001-jobs.sql",
            "002-documents.sql",
            "003-inbox.sql",
            "004-answers.sql",
            "005-secrets.sql",
            "006-deployments.sql",
            "007-schedules.sql",
            "008-audit.sql",
            "009-hooks.sql",
            "010-notifications.sql",
            "011-deliveries.sql",
            "012-artifacts.sql",
            "013-leaders.sql",
            "014-artifact-contents.sql",
            "015-workers.sql",
            "016-migration.sql",
            "017-roll-outs.sql");

    /** The oldest schema version whose servers can run on the schema of this release. */
    private static final int OLDEST = 1;

    /** A query of the catalogue, since {@code to_regclass} may say what it knew before another server made the table. */
    private static final String IS_THERE =
            "SELECT count(*) FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace "
                    + "AND c.relname = 'schema_version'";

    private static final String NUMBERS = "SELECT version, oldest FROM schema_version";
    private static final String OTHERS =
            "SELECT count(*) FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v')";
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('pawl:' || current_schema(), 0))";
    private static final String CREATE =
            "CREATE TABLE schema_version (version integer NOT NULL, oldest integer NOT NULL); INSERT INTO schema_version VALUES (0, 0)";
    private static final String SAY = "UPDATE schema_version SET version = ?, oldest = greatest(oldest, ?)";

    private static final String LIVING = "SELECT name || ' (' || release || ')' FROM servers WHERE lease_until > "
            + StoreClock.MICROS + " ORDER BY 1";

    private final String place;
    private final List<String> scripts;
    private final int oldest;

    /** The numbers of a database. */
    private record Numbers(int version, int oldest) {}

    /** The schema of this release. */
    public static Migrations ofThisRelease(String place) {
        return new Migrations(place, SCRIPTS.stream().map(Migrations::resource).toList(), OLDEST);
    }

    /**
     * Another schema.
     *
     * @param oldest the oldest schema version whose servers can run on it
     */
    Migrations(String place, List<String> scripts, int oldest) {
        this.place = place;
        this.scripts = List.copyOf(scripts);
        this.oldest = oldest;
    }

    /** Runs the missing steps; refuses a database that is no store of Pawl, or that newer servers have made unfit for this one. */
    public void run(Session session) throws SQLException {
        Optional<Numbers> before = numbers(session);
        before.ifPresent(this::refuseNewer);
        if (before.isPresent() && before.get().version() >= scripts.size()) {
            return;
        }
        session.script("BEGIN");
        try {
            session.list(LOCK, row -> true);
            migrate(session);
            session.script("COMMIT");
        } catch (SQLException | RuntimeException e) {
            session.script("ROLLBACK");
            throw e;
        }
    }

    /** Whether a database has the schema of this release. */
    public static boolean isPresent(Session session) throws SQLException {
        return numbers(session).map(Numbers::version).orElse(0) == SCRIPTS.size();
    }

    /** Whether a database is a store of Pawl, of whatever release. */
    public static boolean isStore(Session session) throws SQLException {
        return session.number(IS_THERE) > 0;
    }

    /** The numbers are read again: another server may have migrated while this one waited for the lock. */
    private void migrate(Session session) throws SQLException {
        Optional<Numbers> known = numbers(session);
        known.ifPresent(this::refuseNewer);
        if (known.isEmpty()) {
            if (session.number(OTHERS) > 0) {
                throw new ProblemException(
                        ProblemCode.STORE_UNAVAILABLE,
                        "The database " + place
                                + " has tables, but is no store of Pawl. Give an empty database or schema.");
            }
            session.script(CREATE);
        }
        int version = known.map(Numbers::version).orElse(0);
        if (version < scripts.size()) {
            if (version > 0 && version < oldest) {
                refuseBeside(session);
            }
            for (String script : scripts.subList(version, scripts.size())) {
                session.script(script);
            }
            session.update(SAY, scripts.size(), oldest);
            LOG.info("The store {} has schema version {} now; before, it had {}.", place, scripts.size(), version);
        }
    }

    /** Refuses to take the schema away from servers of an older release. */
    private void refuseBeside(Session session) throws SQLException {
        List<String> living = session.list(LIVING, row -> Session.presentText(row, 1));
        if (!living.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE,
                    "Servers of an older release run on the store " + place
                            + ", and cannot go on with the schema of this one: "
                            + String.join(", ", living)
                            + ". Stop them first; one that was killed counts for 15 s.");
        }
    }

    private static Optional<Numbers> numbers(Session session) throws SQLException {
        return session.number(IS_THERE) == 0
                ? Optional.empty()
                : session.first(NUMBERS, row -> new Numbers(row.getInt(1), row.getInt(2)));
    }

    private void refuseNewer(Numbers numbers) {
        if (numbers.oldest() > scripts.size()) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE,
                    "The store " + place + " has schema version " + numbers.version()
                            + ", on which servers run that know version "
                            + numbers.oldest() + " or a newer one; this release knows up to " + scripts.size()
                            + ". Start the newer release here too.");
        }
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
