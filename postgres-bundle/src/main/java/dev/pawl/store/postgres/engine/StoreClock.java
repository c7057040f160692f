package dev.pawl.store.postgres.engine;

import dev.pawl.store.kit.Micros;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The clock of a store: that of its database, which all servers share, so that clocks of theirs that differ by hours change nothing. */
public final class StoreClock {

    /** The time in microseconds since 1970, as SQL; {@code now()} would be the time at which the transaction began to wait for locks. */
    public static final String MICROS = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

    private static final String READ = "SELECT " + MICROS;

    private final @Nullable InstantSource given;

    private StoreClock(@Nullable InstantSource given) {
        this.given = given;
    }

    /** The clock of the database. */
    public static StoreClock ofDatabase() {
        return new StoreClock(null);
    }

    /** Another clock, for tests of what takes its time. */
    public static StoreClock of(InstantSource clock) {
        return new StoreClock(clock);
    }

    /** The time of another clock, if there is one. */
    public @Nullable Instant given() {
        InstantSource other = given;
        return other == null ? null : Micros.kept(other.instant());
    }

    /** The time for one who has read a clock: that reading, when the store counts by the same clock, and that of the database otherwise. */
    public Instant asked(Session session, Instant reading) throws SQLException {
        return given == null ? read(session.number(READ)) : Micros.kept(reading);
    }

    /** The time that was read from the database. */
    public static Instant read(long micros) {
        return Micros.instant(micros);
    }
}
