package dev.pawl.it.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.server.Api;
import dev.pawl.testkit.Eventually;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rates at two servers under a steady load around a kill of their database, second by second: {@code target/restart-4.txt} and {@code -20.txt}. */
@Tag("nightly")
class DatabaseRestartIT {

    private static final int WINDOW_S = 10;
    private static final int SOON_S = 2;
    private static final Duration BEFORE_ANOTHER = Duration.ofMillis(100); // request, once one was refused
    private static final Map<String, Object> JOB =
            Map.of("module_id", "hello", "inputs", Map.of("name", "World", "count", 1));

    @TempDir
    private Path folder;

    private final ConcurrentLinkedQueue<Instant> started = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Instant> read = new ConcurrentLinkedQueue<>();
    private final List<Thread> clients = new ArrayList<>();
    private Cluster cluster;
    private volatile boolean isOver;

    @BeforeEach
    void startTwoServersUnderLoad() throws Exception {
        cluster = new Cluster(folder);
        for (String name : List.of("one", "two")) {
            Api api = cluster.start(name).api();
            for (int n = 0; n < 3; n++) {
                client(() -> api.post("/jobs", JOB), started);
            }
            client(() -> api.get("/jobs?limit=5"), read);
        }
    }

    @AfterEach
    void stop() throws Exception {
        isOver = true;
        for (Thread client : clients) {
            client.join();
        }
        cluster.close();
    }

    private interface Call {
        Api.Answer make();
    }

    /** A client that sends the next request when it has the answer to the last one, and a little later when that was refused. */
    private void client(Call call, ConcurrentLinkedQueue<Instant> done) {
        Thread client = new Thread(() -> {
            while (!isOver) {
                if (isDone(call)) {
                    done.add(Instant.now());
                } else {
                    LockSupport.parkNanos(
                            BEFORE_ANOTHER.toNanos()); // as a client does, which leaves the server alone for a while
                }
            }
        });
        client.start();
        clients.add(client);
    }

    private static boolean isDone(Call call) {
        try {
            return call.make().status() == 200;
        } catch (UncheckedIOException noAnswer) {
            return false;
        }
    }

    private static void await(Instant time) {
        Eventually.eventually(
                "it is " + time, Duration.ofMinutes(1), () -> Instant.now().isAfter(time));
    }

    private List<Instant> ends() throws Exception {
        List<Instant> ends = new ArrayList<>();
        try (var connection = cluster.database().connections().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT completed_at FROM ended")) {
            while (rows.next()) {
                ends.add(Instant.EPOCH.plusNanos(rows.getLong(1) * 1_000));
            }
        }
        return ends;
    }

    private static long count(List<Instant> times, Instant from, int seconds) {
        Predicate<Instant> isIn = at -> !at.isBefore(from) && at.isBefore(from.plusSeconds(seconds));
        return times.stream().filter(isIn).count();
    }

    private static String perSecond(List<Instant> times, Instant from) {
        return LongStream.range(0, 2 * WINDOW_S)
                .mapToObj(second -> Long.toString(count(times, from.plusSeconds(second), 1)))
                .collect(Collectors.joining(" "));
    }

    private static double share(List<Instant> times, Instant killed, Instant back) {
        return (double) count(times, back, WINDOW_S) / count(times, killed.minusSeconds(WINDOW_S), WINDOW_S);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 20})
    void theRatesAreBackSoonAfterTheDatabaseIs(int awayS) throws Exception {
        await(Instant.now().plusSeconds(2 * WINDOW_S)); // the servers become warm
        Instant killed = Instant.now();
        cluster.database().kill();
        await(killed.plusSeconds(awayS));
        cluster.database().startAgain();
        Instant back = Instant.now();
        await(back.plusSeconds(2 * WINDOW_S));

        List<Instant> ends = ends();
        List<Instant> starts = List.copyOf(started);
        List<Instant> reads = List.copyOf(read);
        Instant before = killed.minusSeconds(WINDOW_S);
        Files.writeString(
                Path.of("target", "restart-" + awayS + ".txt"),
                String.format(
                        "ended %d in the %d s before, then a second %s; started %d, then %s; read %d, then %s",
                        count(ends, before, WINDOW_S),
                        WINDOW_S,
                        perSecond(ends, back),
                        count(starts, before, WINDOW_S),
                        perSecond(starts, back),
                        count(reads, before, WINDOW_S),
                        perSecond(reads, back)));
        assertTrue(count(ends, back, SOON_S) > 0, "no job has ended soon after the database was back");
        assertTrue(count(reads, back, SOON_S) > 0, "nothing was read soon after the database was back");
        assertTrue(share(ends, killed, back) > 0.5, () -> "ends: " + share(ends, killed, back));
        assertTrue(share(reads, killed, back) > 0.5, () -> "reads: " + share(reads, killed, back));
    }
}
