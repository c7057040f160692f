package dev.pawl.notification.message;

import dev.pawl.notification.delivery.CallbackRules;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Phase;
import dev.pawl.service.job.Task;
import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.NotificationFormat;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.notification.NotificationTarget;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.KeptNotificationRule;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.NotificationStore;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.store.sqlite.SqliteNotifications;
import dev.pawl.store.sqlite.SqliteStore;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.SettableClock;
import dev.pawl.web.HostLookup;
import dev.pawl.web.TrustedCertificates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An outbox of notifications on a real store, whose timer is a test's call. Tests restart it as often as they like; the clock survives. */
final class RunningNotifications implements BeforeEachCallback, AfterEachCallback {

    final SettableClock clock = SettableClock.at("2026-06-01T12:00:00Z");

    String hosts = "*,127.0.0.1";
    UnaryOperator<NotificationStore> disturbed = UnaryOperator.identity();
    Mails mails = (mail, at, took, unwanted) -> {
        throw new AssertionError("No mail was expected.");
    };

    SqliteStore jobs;
    NotificationStore store;
    NotificationOutbox outbox;

    private final Supplier<Path> folder;

    RunningNotifications(Supplier<Path> folder) {
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
        store = disturbed.apply(new SqliteNotifications(jobs));
        outbox = new NotificationOutbox(
                store,
                rule -> rule,
                new NotificationOutbox.Client(
                        CallbackRules.of(hosts),
                        HostLookup.OF_JVM,
                        new TrustedCertificates(""),
                        Duration.ofSeconds(1),
                        mails,
                        "https://pawl.example.com/"),
                clock,
                () -> 0.0,
                () -> {});
        store.attach(outbox::lateAt);
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

    /** Sends what is due, until nothing is due or under way. */
    void look() {
        do {
            outbox.look(clock.instant());
            Eventually.eventually("nothing is under way", () -> outbox.underWay() == 0);
        } while (!store.due(clock.instant(), Set.of(), Set.of(), 1).isEmpty());
    }

    void lookAfter(Duration time) {
        clock.advance(time);
        look();
    }

    /** Keeps a rule that tells of failures and of what follows. */
    void rule(NotificationFormat format, String url, @Nullable String secret) {
        rule(new NotificationTarget(format, url, secret, List.of()));
    }

    void rule(NotificationTarget target) {
        KeptNotificationRule before = store.find("ops").orElse(null);
        NotificationRule rule = new NotificationRule(
                "ops",
                Set.of(NotificationEvent.FAILED, NotificationEvent.COMPLETED_AFTER_FAILING),
                null,
                null,
                Set.of(),
                null,
                target,
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                false);
        await(store.put(
                new KeptNotificationRule(
                        rule, "127.0.0.1:1", before == null ? 0 : before.revision(), clock.instant(), null),
                null));
    }

    /** Adds a job, and fails it. */
    UUID fails(String title, String error) {
        return ends(title, new RunMove.Failed(new Failure(Phase.RUN, 0, "backup", error, null), clock.instant()));
    }

    /** Adds a job, and completes it. */
    UUID completes(String title) {
        return ends(title, new RunMove.Completed(clock.instant()));
    }

    private UUID ends(String title, RunMove move) {
        JobRequest request = JobRequest.builder(List.of(new Task("backup", Map.of())))
                .title(title)
                .build();
        await(jobs.add(List.of(new NewJob(UUID.randomUUID(), request, clock.instant()))));
        Job job = await(jobs.claim(new ClaimRequest("here", 1, 10_000, null, Map.of(), clock.instant(), null)))
                .get(0);
        await(jobs.write(
                RunWrite.of(new RunId(job.id(), job.state().epoch()), 0).withMove(move)));
        return job.id();
    }

    List<Notification> messages() {
        return store.messages("ops", Long.MAX_VALUE, 100);
    }

    static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
