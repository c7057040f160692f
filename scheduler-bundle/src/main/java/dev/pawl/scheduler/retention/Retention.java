package dev.pawl.scheduler.retention;

import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.audit.AuditEntry;
import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.JobSeries;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.InboxStore;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.KeptAnswers;
import dev.pawl.service.store.Leadership;
import dev.pawl.service.store.PurgeReport;
import dev.pawl.service.store.PurgeRequest;
import dev.pawl.service.store.StoreUpkeep;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes old jobs and received callbacks by the retention settings, kept answers after a day, and what happened to jobs after a month. Of several
 * servers on one store, one does it at a time. Owns a thread, which runs every ten minutes.
 */
@Component(
        service = {},
        immediate = true)
public final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration PERIOD = Duration.ofMinutes(10);
    private static final long END_TIMEOUT_S = 10;

    /** The role in which one server removes. */
    private static final String ROLE = "retention";

    /** The time for which it leads: longer than the pause, so that the next look finds the same server, which knows how far its clock is to be trusted. */
    private static final Duration LEAD = Duration.ofMinutes(30);

    /** The time for which the answer to a request is kept for its repetitions. */
    private static final Duration ANSWERS = Duration.ofDays(1);

    /** Few enough rows that no other write waits for long. */
    private static final int AT_ONCE = 500;

    private final Leadership leadership;
    private final StoreUpkeep upkeep;
    private final AuditLog audit;
    private final KeptAnswers answers;
    private final JobStore jobs;
    private final Supplier<Optional<InboxStore>> inbox;
    private final TrustedTime time;
    private final RetentionSettings settings;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(null, work, "pawl-retention", 0, false);
        made.setDaemon(true);
        return made;
    });
    private boolean failing;

    /** Reads its settings from the framework's properties. */
    @Activate
    public Retention(
            @Reference Leadership leadership,
            @Reference StoreUpkeep upkeep,
            @Reference KeptAnswers answers,
            @Reference JobStore jobs,
            @Reference ServiceReference<InboxStore> inbox,
            @Reference AuditLog audit,
            @Reference InstantSource clock,
            BundleContext context) {
        this(
                leadership,
                upkeep,
                answers,
                jobs,
                () -> Optional.ofNullable(context.getService(inbox)), // most servers never need it
                audit,
                new TrustedTime(() -> upkeep.present().orElseGet(clock::instant), System::nanoTime),
                RetentionSettings.of(context::getProperty));
        start(FIRST, PERIOD);
    }

    Retention(
            Leadership leadership,
            StoreUpkeep upkeep,
            KeptAnswers answers,
            JobStore jobs,
            Supplier<Optional<InboxStore>> inbox,
            AuditLog audit,
            TrustedTime time,
            RetentionSettings settings) {
        this.leadership = leadership;
        this.upkeep = upkeep;
        this.audit = audit;
        this.answers = answers;
        this.jobs = jobs;
        this.inbox = inbox;
        this.time = time;
        this.settings = settings;
    }

    void start(Duration first, Duration period) {
        var unused =
                thread.scheduleWithFixedDelay(this::attempt, first.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Stops, and waits until the thread no longer uses the store. */
    @Deactivate
    public void stop() {
        thread.shutdownNow();
        awaitEnd(thread);
    }

    /** Removes the jobs and the answers that are too old now. */
    PurgeReport look() {
        Instant now = time.now();
        aFewAtATime("The removal of some kept answers", most -> answers.forget(now.minus(ANSWERS), most));
        aFewAtATime(
                "The removal of what happened to jobs long ago",
                most -> jobs.removeMinutes(now.minus(JobSeries.KEPT), most));
        Duration callbacks = settings.callbacks();
        if (callbacks != null) {
            inbox.get()
                    .ifPresent(kept -> aFewAtATime(
                            "The removal of some old callbacks",
                            most -> kept.removeBefore(now.minus(callbacks), most)));
        }
        Map<JobStatus, Instant> endedBefore = new EnumMap<>(JobStatus.class);
        settings.kept().forEach((status, kept) -> endedBefore.put(status, now.minus(kept)));
        removeOldEntries(now);
        return upkeep.purge(
                new PurgeRequest(endedBefore, false, upkeep.present().isPresent()));
    }

    private void removeOldEntries(Instant now) {
        AuditEntry removal =
                new AuditedChange(Actor.inside(Door.SERVER), "audit.remove", "", now).entry(AuditOutcome.DONE, "");
        Duration kept = settings.audit();
        if (kept != null) {
            untilNoneIsLeft(() -> audit.removeBefore(now.minus(kept), removal));
        }
        untilNoneIsLeft(() -> audit.removeBeyond(settings.auditBytes(), removal));
    }

    private static void untilNoneIsLeft(Supplier<CompletionStage<Long>> removal) {
        long removed;
        do {
            removed = Confirmation.await(removal.get(), "The removal of old entries");
        } while (removed > 0);
    }

    private static void aFewAtATime(String what, IntFunction<CompletionStage<Integer>> removal) {
        int removed;
        do {
            long beganNs = System.nanoTime();
            removed = Confirmation.await(removal.apply(AT_ONCE), what);
            LockSupport.parkNanos(System.nanoTime() - beganNs); // leaves the writer to others for as long
        } while (removed == AT_ONCE);
    }

    private void attempt() {
        try {
            OptionalLong term = Confirmation.await(leadership.lead(ROLE, LEAD), "The lead in removing old jobs");
            if (term.isPresent()) {
                attempt(term.getAsLong());
            }
            failing = false;
        } catch (RuntimeException | Error e) { // a periodic task that throws would not be run again
            if (!failing && !thread.isShutdown()) {
                LOG.warn("Old jobs cannot be removed at present: {}", e.toString());
            }
            failing = true;
        }
    }

    private void attempt(long term) {
        boolean isDone = false;
        try {
            PurgeReport report = look();
            isDone = true;
            if (report.total() > 0) {
                LOG.info("Removed {} jobs whose retention time is over: {}", report.total(), report.jobs());
            }
        } finally {
            if (!isDone) {
                var unused = leadership.concede(ROLE, term); // another server may be able to
            }
        }
    }

    private static void awaitEnd(ExecutorService ending) {
        try {
            if (!ending.awaitTermination(END_TIMEOUT_S, TimeUnit.SECONDS)) {
                LOG.warn("The removal of old jobs is still running while the store closes; it ends with it.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
