package dev.pawl.it.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Footprint;
import dev.pawl.it.server.Latencies;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of wrong tokens at the real server, beside a client with a good one behind the attacker's own address. */
@Tag("alone")
class GuessedTokensIT {

    private static final int FEW = 2_000;
    private static final int MANY = 100_000;
    private static final int BURST = 10; // those of an address that are answered at once
    private static final int CALM_CALLS = 400;
    private static final Map<String, Object> HELLO = Map.of("module_id", "hello", "inputs", Map.of("name", "Ann"));
    private static final List<String> ONE = List.of("127.0.0.1");
    private static final List<String> SEVERAL =
            IntStream.rangeClosed(2, 101).mapToObj(n -> "127.0.0." + n).toList();
    private static final Pattern MORE = Pattern.compile("^([0-9,]+) more ");

    /** Half of the time by which wrong tokens are answered late: a good one must not wait so. */
    private static final double SLOWED_MS = 500;

    /** The memory that the compiler, the pools and the jobs of the honest client take. */
    private static final long MORE_LIVE_KB = 8 << 10;

    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    @TempDir
    private Path folder;

    private record Calls(Latencies reads, Latencies starts) {
        @Override
        public String toString() {
            return "GET /status " + reads + "; POST /jobs " + starts;
        }
    }

    @Test
    void aGoodTokenIsServedBesideThousandsOfWrongOnesFromItsOwnAddressAndFromOthers(TestReporter report)
            throws Exception {
        attack(FEW, report);
    }

    @Test
    @Tag("nightly")
    void aGoodTokenIsServedBesideAHundredThousandWrongOnes(TestReporter report) throws Exception {
        attack(MANY, report);
    }

    private void attack(int guesses, TestReporter report) throws Exception {
        long start = System.nanoTime();
        Path data = folder.resolve("data");
        try (Server server = Server.start(data, JAVA, Map.of("PAWL_JAVA_OPTS", "-Xmx128m"))) {
            Api honest = server.api();
            Calls warm = calls(honest, CompletableFuture.completedFuture(null));
            Calls calm = calls(honest, CompletableFuture.completedFuture(null));
            long liveKb = Footprint.of(server.pid(), JAVA).liveKb();
            for (List<String> addresses : List.of(ONE, SEVERAL)) {
                long linesBefore = bursts(data);
                long began = System.nanoTime();
                CompletableFuture<Map<Integer, Integer>> attack =
                        CompletableFuture.supplyAsync(() -> guess(server, addresses, guesses));
                Calls beside = calls(honest, attack);
                Map<Integer, Integer> answers = attack.get(30, TimeUnit.MINUTES);
                long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
                report.publishEntry(
                        "beside " + guesses + " wrong tokens from " + addresses.size() + " addresses in " + seconds
                                + " s, answered " + answers,
                        "beside: " + beside + "; calm: " + calm + "; before: " + warm);
                assertEquals(guesses, answers.values().stream().mapToInt(n -> n).sum(), answers::toString);
                assertTrue(Set.of(401, 429).containsAll(answers.keySet()), answers::toString);
                long atOnce = addresses.size() * (BURST + seconds + 2);
                assertTrue(answers.getOrDefault(401, 0) <= atOnce, () -> answers + " in " + seconds + " s");
                judge(beside.reads(), calm.reads());
                judge(beside.starts(), calm.starts());
                long lines = bursts(data) - linesBefore;
                assertTrue(lines >= 1 && lines <= Math.min(addresses.size(), seconds + 2), lines + " lines in the log");
            }
            Eventually.eventually(Duration.ofSeconds(30), () -> {
                long grownKb = Footprint.of(server.pid(), JAVA).liveKb() - liveKb;
                assertTrue(grownKb < MORE_LIVE_KB, () -> grownKb + " KB more are in use");
            });
            assertTrue(entries(honest).size() <= most(start), "the wrong tokens do not fill the audit");
            assertEquals(0, server.terminate());
        }
        try (Server again = Server.start(data)) {
            List<JsonNode> told = entries(again.api());
            assertEquals(
                    2L * guesses,
                    told.stream().mapToLong(GuessedTokensIT::number).sum(),
                    "every one is counted");
            assertTrue(told.size() <= most(start), () -> told.size() + " entries");
        }
    }

    /** The most entries since a time: one and the number of the others, for each address in each ten minutes. */
    private static long most(long start) {
        long periods = 1 + TimeUnit.NANOSECONDS.toMinutes(System.nanoTime() - start) / 10;
        return periods * 2 * (1 + SEVERAL.size());
    }

    /** The attack takes a part of the machine, as any load does, but no good token waits as a wrong one does. */
    private static void judge(Latencies beside, Latencies calm) {
        assertTrue(beside.millis(0.5) < Math.max(SLOWED_MS, 3 * calm.millis(0.5)), () -> beside + ", calm: " + calm);
        assertTrue(
                beside.millis(0.99) < Math.max(2 * SLOWED_MS, 3 * calm.millis(0.99)), () -> beside + ", calm: " + calm);
    }

    private static Map<Integer, Integer> guess(Server server, List<String> addresses, int guesses) {
        try {
            return TokenGuesses.make(server.url(), addresses, guesses);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Calls one after the other until something ends, at least so many times as without an attack; each must succeed. */
    private static Calls calls(Api api, CompletableFuture<?> until) {
        var calls = new Calls(new Latencies(), new Latencies());
        for (int n = 0; n < CALM_CALLS || !until.isDone(); n++) {
            long began = System.nanoTime();
            api.get("/status").expect(200);
            long read = System.nanoTime();
            api.post("/jobs", HELLO).expect(200);
            calls.reads().add(read - began);
            calls.starts().add(System.nanoTime() - read);
        }
        return calls;
    }

    /** The lines in the log about wrong tokens. */
    private static long bursts(Path data) throws IOException {
        try (Stream<String> lines = Files.lines(data.resolve("logs/pawl.log"))) {
            return lines.filter(line -> line.contains(" wrong tokens in a row "))
                    .count();
        }
    }

    private static List<JsonNode> entries(Api api) {
        List<JsonNode> found = new ArrayList<>();
        api.get("/audit?action=token.guess&limit=1000")
                .expect(200)
                .get("entries")
                .forEach(found::add);
        return found;
    }

    /** The wrong tokens that an entry tells. */
    private static long number(JsonNode entry) {
        Matcher more = MORE.matcher(entry.get("detail").asText());
        return more.find() ? Long.parseLong(more.group(1).replace(",", "")) : 1;
    }
}
