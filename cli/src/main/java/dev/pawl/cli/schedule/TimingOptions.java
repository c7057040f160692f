package dev.pawl.cli.schedule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.base.duration.DurationText;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.screen.Times;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say when a schedule is due. */
final class TimingOptions {
    @Option(
            names = "--cron",
            paramLabel = "EXPRESSION",
            description = "A cron expression: minute, hour, day of the month, month and day of the week, such as"
                    + " '0 3 * * 1-5'; with seconds as the first of six; or @hourly, @daily and the like.")
    private @Nullable String cron;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            description = "An interval instead, such as 90s or 2h, counted from --start.")
    private @Nullable String every;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description =
                    "The zone whose local time the expression means, such as Europe/Berlin. Default: the server's.")
    private @Nullable String zone;

    @Option(
            names = "--start",
            paramLabel = "TIME",
            description = "The earliest time, such as 2026-12-24T18:00:00+01:00. Default: none.")
    private @Nullable String start;

    @Option(names = "--end", paramLabel = "TIME", description = "The latest time. Default: none.")
    private @Nullable String end;

    /** Whether a rule is given. */
    boolean areGiven() {
        return cron != null || every != null;
    }

    /** Refuses values that no server would take, and options that exclude each other. */
    void check() throws UsageException {
        if ((cron == null) == (every == null)) {
            throw new UsageException(
                    cron == null
                            ? "Give the times: --cron EXPRESSION or --every TIME."
                            : "--cron and --every exclude each other.");
        }
        if (every != null && DurationText.parse(every).isEmpty()) {
            throw new UsageException(
                    "--every is \"" + every + "\"; it takes a number with its unit: ms, s, m, h or d.");
        }
        requireTime("--start", start);
        requireTime("--end", end);
    }

    /** Puts them into a body. */
    void into(ObjectNode body) {
        put(body, "cron", cron);
        put(body, "every", every);
        put(body, "time_zone", zone);
        put(body, "start_at", start);
        put(body, "end_at", end);
    }

    /** Refuses a text that is no time. */
    static void requireTime(String option, @Nullable String time) throws UsageException {
        if (time != null && !Times.isTime(time)) {
            throw new UsageException(option + " is \"" + time
                    + "\"; it takes a time with its offset, such as 2026-12-24T18:00:00+01:00.");
        }
    }

    private static void put(ObjectNode body, String member, @Nullable String value) {
        if (value != null) {
            body.put(member, value);
        }
    }
}
