package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;

import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.Phase;
import dev.pawl.service.notification.DeliveryTry;
import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.NotificationFormat;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.notification.NotificationTarget;
import dev.pawl.service.store.DueNotification;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.KeptNotificationRule;
import dev.pawl.service.store.NotificationStore;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.ScheduleStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** The parts that all tests of stores of notifications use. */
abstract class NotificationTests {

    static final String HOST = "chat.example.com:443";
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Set<NotificationEvent> FAILED = Set.of(NotificationEvent.FAILED);
    static final Set<NotificationEvent> BOTH =
            Set.of(NotificationEvent.FAILED, NotificationEvent.COMPLETED_AFTER_FAILING);

    protected final SettableClock clock = SettableClock.at("2026-03-01T12:00:00Z");
    final List<Instant> told = new CopyOnWriteArrayList<>();

    /** The store under test. */
    protected abstract NotificationStore notifications();

    /** The jobs in the same store. */
    protected abstract JobStore jobs();

    /** The schedules in the same store. */
    protected abstract ScheduleStore schedules();

    /** The audit log beside it. */
    protected abstract AuditLog audit();

    /** Closes all and opens them again, with their contents. */
    protected abstract void reopen();

    @BeforeEach
    void listen() {
        notifications().attach(told::add);
    }

    JobStoreDriver driver() {
        return new JobStoreDriver(jobs(), clock);
    }

    static NotificationRule rule(String name, Set<NotificationEvent> on) {
        return new NotificationRule(
                name, on, null, null, Set.of(), null, target(), Duration.ofSeconds(10), Duration.ofMinutes(5), false);
    }

    static NotificationRule late(String name, @Nullable Duration running, @Nullable Duration waiting) {
        return new NotificationRule(
                name, Set.of(), running, waiting, Set.of(), null, target(), Duration.ZERO, Duration.ZERO, false);
    }

    static NotificationTarget target() {
        return new NotificationTarget(NotificationFormat.SLACK, "sealed", null, List.of());
    }

    KeptNotificationRule put(String name, Set<NotificationEvent> on) {
        return put(rule(name, on));
    }

    KeptNotificationRule put(NotificationRule rule) {
        KeptNotificationRule kept = await(
                        notifications().put(new KeptNotificationRule(rule, HOST, 0, clock.instant(), null), null))
                .present();
        if (kept == null) {
            throw new AssertionError("The rule is not there.");
        }
        return kept;
    }

    RunMove failure() {
        return new RunMove.Failed(new Failure(Phase.RUN, 0, "m", "\n  It broke.\nat some line", null), clock.instant());
    }

    Job fail(String module) {
        Job job = driver().started(module);
        driver().write(driver().move(job, failure()));
        return job;
    }

    Job complete(String module) {
        Job job = driver().started(module);
        driver().write(driver().move(job, driver().completed()));
        return job;
    }

    void end(String title, RunMove move, String... modules) {
        driver().add(JobStoreDriver.request(modules).title(title).build());
        driver().write(driver().move(driver().claimOne(), move));
    }

    DeliveryTry failed() {
        return new DeliveryTry(clock.instant(), Duration.ofMillis(5), 503, "The receiver answers 503.", "busy");
    }

    List<DueNotification> due() {
        return notifications().due(clock.instant(), Set.of(), Set.of(), 100);
    }

    List<Notification> messages(String rule) {
        return notifications().messages(rule, Long.MAX_VALUE, 1_000);
    }

    Notification message(String rule) {
        return messages(rule).get(0);
    }

    static List<String> names(List<KeptNotificationRule> rules) {
        return rules.stream().map(KeptNotificationRule::name).toList();
    }

    AuditedChange change(String action) {
        return new AuditedChange(Actor.inside(Door.HTTP), action, "", clock.instant());
    }
}
