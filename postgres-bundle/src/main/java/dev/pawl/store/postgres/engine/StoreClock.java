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
    private volatile Heard heard = new Heard(Instant.EPOCH, 0);

    /** A time that the database has said, and that of this process by which lengths are measured. */
    private record Heard(Instant at, long ns) {}

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

    /** Notes the time that the database has said just now. Safe for many threads. */
    void hear(Instant now) {
        heard = new Heard(now, System.nanoTime());
    }

    /** The time of this clock, without asking the database: what that said last, and what has passed since. Safe for many threads. */
    public Instant present() {
        Instant other = given();
        Heard last = heard;
        return other == null ? last.at().plusNanos(System.nanoTime() - last.ns()) : other;
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
