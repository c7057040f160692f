package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Footprint;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Checks on a server that has come to rest. */
final class Rest {

    private static final Duration LONGEST_WORK = Duration.ofMinutes(5);
    private static final Duration SLOTS_FILL = Duration.ofSeconds(20);
    private static final long THREADS_LINGER_MS = 11_000; // the scheduler keeps idle threads for 10 s

    private final Server server;
    private final Path javaHome;
    private final Ledger ledger;
    private final OutsideWorkers workers;
    private final Api api;

    Rest(Server server, Path javaHome, Ledger ledger, OutsideWorkers workers) {
        this.server = server;
        this.javaHome = javaHome;
        this.ledger = ledger;
        this.workers = workers;
        this.api = server.api();
    }

    /** Waits until all work is done, including that of external workers, of which none is silent meanwhile, so that no lease is left. */
    void await() {
        workers.beReliable(true);
        Eventually.eventually("the end of all work", LONGEST_WORK, this::isIdle);
        workers.beReliable(false);
    }

    private boolean isIdle() {
        return Load.waiting(api) == 0
                && api.get("/jobs?status=running").expect(200).get("jobs").isEmpty();
    }

    /** Checks that no slot has leaked: as many jobs as there are slots run at once. They are requested together, since each lasts for seconds only. */
    void judgeSlots(int slots) {
        List<Expectation> jobs = IntStream.range(0, slots)
                .mapToObj(n -> ledger.plan(Kind.SLOT, new Random(n)))
                .toList();
        JsonNode added = api.post(
                        "/jobs",
                        Map.of("jobs", jobs.stream().map(Expectation::request).toList()))
                .expect(200)
                .get("jobs");
        for (int n = 0; n < slots; n++) {
            jobs.get(n).acknowledged(added.get(n).get("id").asText());
        }
        try {
            Eventually.eventually("all slots are taken", SLOTS_FILL, () -> {
                JsonNode running = api.get("/jobs?status=running").expect(200).get("jobs");
                return running.size() == slots;
            });
        } catch (AssertionError e) {
            ledger.violation("a slot has leaked: " + api.get("/status").body());
        }
        await();
    }

    /** Waits until idle threads have ended, and measures. */
    Footprint footprint() throws IOException, InterruptedException {
        await();
        workers.detach();
        Ordeal.sleep(THREADS_LINGER_MS);
        return Footprint.of(server.pid(), javaHome);
    }
}
