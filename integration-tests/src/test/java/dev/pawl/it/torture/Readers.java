package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.cluster.Cluster;
import dev.pawl.it.history.History;
import dev.pawl.it.history.Sight;
import dev.pawl.it.history.Sight.Change;
import dev.pawl.it.history.SightCheck;
import dev.pawl.it.server.Api;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the events of each server, and the logs of some jobs at each, all the time; at the end what was seen is compared with the rows. */
final class Readers {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int LONGEST_MS = 15_000;
    private static final int LONGEST_OF_LOG_MS = 2_000;
    private static final int MOST_LOGS = 60;
    private static final int EVERY = 5;
    private static final Set<String> CHANGES = Stream.of(Change.values())
            .map(change -> change.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());

    private final Cluster cluster;
    private final Ledger ledger;
    private final List<EventsSeen> events = new ArrayList<>();
    private final List<LinesSeen> logs = new ArrayList<>();
    private int probes;
    private long judged;

    /** Begins to read the events of all servers. */
    Readers(Cluster cluster, List<String> names, Ledger ledger) {
        this.cluster = cluster;
        this.ledger = ledger;
        names.forEach(name -> events.add(new EventsSeen(name)));
    }

    private StreamReader read(String name, String path, int longestMs, Taker taker) {
        return new StreamReader(() -> cluster.servers().get(name), cluster.data(name), path, longestMs, taker::take);
    }

    /** Takes an event; false when none follows. */
    @FunctionalInterface
    private interface Taker {
        boolean take(String event, JsonNode data);
    }

    /** The sight of a reader of all events, from one reset to the next. */
    private final class EventsSeen {

        private final String name;
        private final List<Sight> sights = new ArrayList<>(); // guarded by this, as is what follows
        private Map<UUID, List<Change>> seen = new HashMap<>();
        private long from = micros();
        private long lastNs = System.nanoTime();
        private final StreamReader reader;

        EventsSeen(String name) {
            this.name = name;
            this.reader = read(name, "/events?types=job", LONGEST_MS, this::take);
        }

        private synchronized boolean take(String event, JsonNode data) {
            if (event.equals("reset")) {
                sights.add(new Sight(name, from, false, seen));
                seen = new HashMap<>();
                from = micros();
            } else if (event.equals("job")
                    && CHANGES.contains(data.get("change").asText())) {
                seen.computeIfAbsent(UUID.fromString(data.get("id").asText()), id -> new ArrayList<>())
                        .add(Change.valueOf(data.get("change").asText().toUpperCase(Locale.ROOT)));
                lastNs = System.nanoTime();
            }
            return true;
        }

        synchronized boolean isQuiet() {
            return System.nanoTime() - lastNs > TimeUnit.SECONDS.toNanos(6);
        }

        synchronized List<Sight> all() {
            List<Sight> all = new ArrayList<>(sights);
            all.add(new Sight(name, from, true, seen));
            return all;
        }
    }

    /** The numbers of the lines of the log of a job that a reader has seen. */
    private final class LinesSeen {

        private final String name;
        private final String job;
        private final List<Long> lines = new ArrayList<>(); // guarded by this, as is what follows
        private boolean ended;
        private final StreamReader reader;

        LinesSeen(String name, String job) {
            this.name = name;
            this.job = job;
            this.reader = read(name, "/jobs/" + job + "/events", LONGEST_OF_LOG_MS, this::take);
        }

        private synchronized boolean take(String event, JsonNode data) {
            if (event.equals("log")) {
                lines.add(data.get("sequence").asLong());
            }
            ended = event.equals("end") && data.get("reason").asText().equals("job_ended");
            return !ended;
        }

        synchronized boolean hasEnded() {
            return ended;
        }

        synchronized List<Long> lines() {
            return List.copyOf(lines);
        }
    }

    /** Follows the log of a job that was just accepted at each server, if it is its turn. */
    synchronized void follow(String job) {
        if (probes++ % EVERY == 0 && logs.size() < MOST_LOGS) {
            events.forEach(server -> logs.add(new LinesSeen(server.name, job)));
        }
    }

    /** Ends all of them, when all that happened was told, and compares. Nothing may happen any more. */
    synchronized void judge(Api api, History history) throws InterruptedException, IOException {
        await("the readers of events have seen all", () -> events.stream().allMatch(EventsSeen::isQuiet));
        await("the readers of logs have seen the ends", () -> logs.stream().allMatch(LinesSeen::hasEnded));
        Consumer<String> violated = ledger::violation;
        SightCheck check = new SightCheck(history, violation -> violated.accept(violation.toString()));
        for (EventsSeen seen : events) {
            seen.reader.close();
            seen.all().forEach(check::judge);
        }
        judged = check.judged();
        for (LinesSeen seen : logs) {
            seen.reader.close();
            long lines = last(
                    api.get("/jobs/" + seen.job + "/logs?limit=1").expect(200).get("logs"));
            SightCheck.judgeLines(
                    seen.name + " of " + seen.job,
                    seen.lines(),
                    lines,
                    violation -> violated.accept(violation.toString()));
        }
    }

    private static long last(JsonNode newest) {
        return newest.isEmpty() ? 0 : newest.get(0).get("sequence").asLong();
    }

    private void await(String what, Eventually.Condition condition) {
        try {
            Eventually.eventually(what, PATIENCE, condition);
        } catch (AssertionError late) {
            ledger.violation(late.getMessage());
        }
    }

    private static long micros() {
        return TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    }

    @Override
    public synchronized String toString() {
        int resets = events.stream().mapToInt(seen -> seen.all().size() - 1).sum();
        long lines = logs.stream().mapToLong(seen -> seen.lines().size()).sum();
        return events.size() + " readers of events saw " + judged + " changes of jobs and had to begin anew " + resets
                + " times; " + logs.size() + " readers of logs saw " + lines + " lines";
    }
}
