package dev.pawl.store.kit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Converts times to the form of columns: microseconds since 1970, with a range of ±290,000 years. */
public final class Micros {

    private static final long PER_SECOND = 1_000_000;
    private static final long NANOS = 1_000;

    private static final Instant FIRST = instant(Long.MIN_VALUE);
    private static final Instant LAST = instant(Long.MAX_VALUE);

    private Micros() {}

    /** The column value of a time; times outside its range are clamped. */
    public static long of(Instant time) {
        if (time.isBefore(FIRST)) {
            return Long.MIN_VALUE;
        }
        return time.isAfter(LAST) ? Long.MAX_VALUE : time.getEpochSecond() * PER_SECOND + time.getNano() / NANOS;
    }

    /** The column value of a time; null when it is null. */
    public static @Nullable Long ofNullable(@Nullable Instant time) {
        return time == null ? null : of(time);
    }

    /** A time with the precision at which it will be read again. */
    public static Instant kept(Instant time) {
        return instant(of(time));
    }

    /** A time with the precision at which it will be read again; null when it is null. */
    public static @Nullable Instant keptNullable(@Nullable Instant time) {
        return time == null ? null : kept(time);
    }

    public static Instant read(ResultSet row, int column) throws SQLException {
        return instant(row.getLong(column));
    }

    public static @Nullable Instant readNullable(ResultSet row, int column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? null : instant(micros);
    }

    /** The time of a column; null when it is null. */
    public static @Nullable Instant instantOrNull(@Nullable Long micros) {
        return micros == null ? null : instant(micros);
    }

    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
