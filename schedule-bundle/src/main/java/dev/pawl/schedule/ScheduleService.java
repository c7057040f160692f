package dev.pawl.schedule;

import dev.pawl.base.time.DueTimer;
import dev.pawl.schedule.offer.OfferTracker;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.event.EventPublisher;
import dev.pawl.service.event.EventSink;
import dev.pawl.service.job.DueFire;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.job.Submission;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.DeclaredSchedules;
import dev.pawl.service.schedule.Fire;
import dev.pawl.service.schedule.Preview;
import dev.pawl.service.schedule.ScheduleChange;
import dev.pawl.service.schedule.ScheduleEntry;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.schedule.Schedules;
import dev.pawl.service.schedule.Timing;
import dev.pawl.service.schedule.UpcomingFire;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.KeptSchedule;
import dev.pawl.service.store.ScheduleStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The schedules of this server: assembles their parts, and checks what is asked of them. */
@Component(service = Schedules.class, immediate = true)
public final class ScheduleService implements Schedules, AutoCloseable {

    private static final Duration END_TIMEOUT = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleService.class);

    private final Scheduler scheduler;
    private final InstantSource clock;
    private final DueTimer timer;
    private final ScheduleParts parts;
    private final EventPublisher published = new EventPublisher();
    private final OfferTracker offers;

    /** Begins to fire what is due. */
    @Activate
    public ScheduleService(
            BundleContext context,
            @Reference ScheduleStore store,
            @Reference Scheduler scheduler,
            @Reference InstantSource clock) {
        this.scheduler = scheduler;
        this.clock = store.clock(clock);
        this.timer = new DueTimer(
                "pawl-schedules",
                this.clock,
                this::look,
                problem ->
                        LOG.warn("Schedules cannot be read at present; they are tried again every second.", problem));
        this.parts = new ScheduleParts(store, scheduler, this.clock, ZoneId::systemDefault, timer::at, published);
        this.offers = new OfferTracker(context, parts.ofModules);
        offers.open();
        timer.now();
    }

    private Optional<Instant> look(Instant now) {
        return parts.due.look(now);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    public void bindEvents(EventSink events) {
        published.bind(events);
    }

    public void unbindEvents(EventSink events) {
        published.unbind(events);
    }

    /** Fires nothing any more, and lets fires end that are under way. What is due stays due, and fires when the server is back. */
    @Override
    @Deactivate
    public void close() {
        offers.close();
        timer.close();
        try {
            Confirmation.await(parts.fires.settled(), "The last fire of schedules", END_TIMEOUT);
        } catch (ProblemException e) {
            LOG.info("Fires of schedules are still under way while they end; they come again at the next start.", e);
        }
    }

    @Override
    public List<ScheduleEntry> list(@Nullable String after, int limit) {
        return parts.views.list(after, checked("limit", limit, MOST_ON_PAGE));
    }

    @Override
    public ScheduleEntry get(String name) {
        return parts.views.entry(parts.views.kept(name));
    }

    @Override
    public CompletionStage<ScheduleEntry> put(ScheduleRequest request, Consumer<Optional<Instant>> check) {
        return entryAfter(() -> parts.changes.put(request, check));
    }

    @Override
    public CompletionStage<List<ScheduleChange>> apply(DeclaredSchedules declared, boolean dryRun) {
        return attempt(() -> parts.sets.apply(declared, dryRun));
    }

    @Override
    public CompletionStage<Void> remove(String name) {
        return attempt(() -> parts.changes.remove(name));
    }

    @Override
    public CompletionStage<ScheduleEntry> pause(String name) {
        return entryAfter(() -> parts.changes.pause(name, true));
    }

    @Override
    public CompletionStage<ScheduleEntry> resume(String name) {
        return entryAfter(() -> parts.changes.pause(name, false));
    }

    private CompletionStage<ScheduleEntry> entryAfter(Supplier<CompletionStage<KeptSchedule>> change) {
        return attempt(change).thenApply(parts.views::entry);
    }

    @Override
    public CompletionStage<Job> run(String name) {
        return attempt(() -> {
            KeptSchedule schedule = parts.views.kept(name);
            AuditedChange change = AuditedChange.current();
            String who = change == null ? "the server" : change.actor().who();
            DueFire fire = DueFire.byHand(name, clock.instant(), "Started by " + who + ".");
            return scheduler
                    .submit(Submission.of(schedule.request().job(), fire))
                    .thenApply(submitted -> {
                        parts.events.fired(schedule, fire, submitted);
                        return submitted.job();
                    });
        });
    }

    @Override
    public List<Fire> history(String name, @Nullable Instant before, int limit) {
        return parts.views.history(name, before, checked("limit", limit, MOST_FIRES));
    }

    @Override
    public Preview preview(Timing timing, int count) {
        return parts.views.preview(timing, checked("count", count, MOST_TIMES), clock.instant());
    }

    @Override
    public List<UpcomingFire> upcoming(Instant from, Instant to, int limit) {
        return parts.views.upcoming(from, to, checked("limit", limit, MOST_TIMES));
    }

    private static int checked(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new ProblemException(ProblemCode.MALFORMED, name + " is " + value + "; it takes 1 to " + most + ".");
        }
        return value;
    }

    /** Turns the refusal of a call into a failed future, wherever the refusal was found. */
    private static <T> CompletionStage<T> attempt(Supplier<CompletionStage<T>> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
