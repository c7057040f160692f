package dev.pawl.notification.callback;

import dev.pawl.notification.delivery.CallbackRules;
import dev.pawl.service.job.Callback;
import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobState;
import dev.pawl.service.job.Task;
import dev.pawl.service.job.TraceParent;
import dev.pawl.service.notification.Delivery;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.DeliveryStore;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.store.sqlite.SqliteDeliveries;
import dev.pawl.store.sqlite.SqliteStore;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.SettableClock;
import dev.pawl.web.HostLookup;
import dev.pawl.web.TrustedCertificates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An outbox on a real store, whose timer is a test's call. Tests restart it as often as they like; the clock survives. */
final class RunningOutbox implements BeforeEachCallback, AfterEachCallback {

    /** The place of the jobs in a trace. */
    static final TraceParent TRACE = TraceParent.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
            .orElseThrow();

    static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    final SettableClock clock = SettableClock.at("2026-06-01T12:00:00Z");

    String hosts = "*,127.0.0.1";
    HostLookup lookup = HostLookup.OF_JVM;
    Duration timeout = Duration.ofSeconds(1);
    UnaryOperator<DeliveryStore> disturbed = UnaryOperator.identity();

    SqliteStore jobs;
    DeliveryStore store;
    Outbox outbox;

    private final Supplier<Path> folder;

    RunningOutbox(Supplier<Path> folder) {
        this.folder = folder;
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        open();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        close();
    }

    void open() {
        jobs = SqliteStore.open(folder.get().resolve("pawl.db"), clock);
        store = disturbed.apply(new SqliteDeliveries(jobs));
        outbox = new Outbox(
                new Sources(store, jobs, this::document, request -> KEY),
                new Outbox.Client(CallbackRules.of(hosts), lookup, new TrustedCertificates(""), timeout),
                clock,
                () -> 0.0,
                () -> {});
    }

    private Optional<byte[]> document(UUID job) {
        return jobs.find(job).map(found -> ("{\"id\":\"" + job + "\",\"status\":\""
                        + found.state().status().wireName() + "\"}")
                .getBytes(StandardCharsets.UTF_8));
    }

    void close() {
        outbox.close();
        jobs.close();
    }

    /** Ends everything as a server does, and begins again with what the store has. */
    void restart() {
        close();
        open();
    }

    /** Delivers what is due, until nothing is due or under way. */
    void look() {
        do {
            outbox.look(clock.instant());
            Eventually.eventually("nothing is under way", () -> outbox.underWay() == 0);
        } while (!store.take(clock.instant(), Set.of(), Set.of(), 1)
                .toCompletableFuture()
                .join()
                .isEmpty());
    }

    /** Advances the clock and delivers. */
    void lookAfter(Duration time) {
        clock.advance(time);
        look();
    }

    /** Adds a job with a callback, and completes it. */
    UUID completed(String url) {
        JobRequest request = JobRequest.builder(List.of(new Task("m", Map.of())))
                .callback(new Callback(url, CallbackEvent.ENDS, null))
                .traceParent(TRACE)
                .build();
        UUID id = UUID.randomUUID();
        await(jobs.add(List.of(new NewJob(id, request, clock.instant()))));
        List<Job> claimed =
                await(jobs.claim(new ClaimRequest("here", 1, 10_000, null, Map.of(), clock.instant(), null)));
        JobState state = claimed.get(0).state();
        await(jobs.write(RunWrite.of(new RunId(claimed.get(0).id(), state.epoch()), 0)
                .withMove(new RunMove.Completed(clock.instant()))));
        return claimed.get(0).id();
    }

    Delivery delivery(UUID job) {
        return store.of(job).get(0);
    }

    /** The error of the last try. */
    String error(UUID job) {
        var tries = delivery(job).tries();
        return String.valueOf(tries.get(tries.size() - 1).error());
    }

    static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
