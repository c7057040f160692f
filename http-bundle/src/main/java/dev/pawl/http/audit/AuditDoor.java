package dev.pawl.http.audit;

import dev.pawl.http.resource.Services;
import dev.pawl.http.route.Route;
import dev.pawl.http.route.RouteTable;
import dev.pawl.service.access.Actor;
import dev.pawl.service.audit.AuditEntry;
import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.audit.RefusalCounts;
import dev.pawl.service.store.Confirmation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins the audit of requests: those that change something, and those that are refused before they could. Of refusals without end it counts
 * most, and tells them every ten minutes and when it is closed.
 */
public final class AuditDoor {

    private static final Logger LOG = LoggerFactory.getLogger(AuditDoor.class);
    private static final Duration PERIOD = Duration.ofMinutes(10);

    /** The time for the last counts when the server stops. */
    private static final Duration LAST_COUNTS = Duration.ofSeconds(3);

    private final Services parts;
    private final Executor threads;
    private final Scheduler scheduler;
    private final RefusalCounts refusals = new RefusalCounts();
    private final AtomicBoolean inPeriod = new AtomicBoolean();

    /**
     * Creates the door.
     *
     * @param threads append entries for which no caller waits
     * @param scheduler ends each period of refusals
     */
    public AuditDoor(Services parts, Executor threads, Scheduler scheduler) {
        this.parts = parts;
        this.threads = threads;
        this.scheduler = scheduler;
    }

    /** The audit of a request to a route. */
    public RequestAudit of(RouteTable.Match match, Actor actor) {
        AuditedAction action = AuditedAction.of(match.route());
        return action == null
                ? RequestAudit.NONE
                : new RequestAudit(change(match, actor, action.name()), action.inSteps(), action.refusalsOnly(), this);
    }

    /** The audit of a request whose caller lacks the role, whether it would change something or only read. */
    public RequestAudit ofForbidden(RouteTable.Match match, Actor actor) {
        AuditedAction action = AuditedAction.of(match.route());
        String name = action == null ? AuditedAction.undeclared(match.route()) : action.name();
        return new RequestAudit(change(match, actor, name), false, false, this);
    }

    /** The audit of a request without a token that is in force. */
    public RequestAudit ofUnknown(Actor nobody, boolean hasToken) {
        String action = hasToken ? "token.guess" : "token.missing";
        return new RequestAudit(new AuditedChange(nobody, action, "", now()), false, false, this);
    }

    private AuditedChange change(RouteTable.Match match, Actor actor, String action) {
        return new AuditedChange(actor, action, target(match), now());
    }

    private Instant now() {
        return parts.clock().find().map(InstantSource::instant).orElseGet(Instant::now);
    }

    /** The values of the path's variables. */
    private static String target(RouteTable.Match match) {
        if (match.variables().isEmpty()) {
            return "";
        }
        Route route = match.route();
        return Arrays.stream(route.template().split("/", -1))
                .filter(segment -> segment.startsWith("{"))
                .map(segment -> match.variables().get(segment.substring(1, segment.length() - 1)))
                .collect(Collectors.joining("/"));
    }

    AuditLog log() {
        return parts.audit().get();
    }

    void refused(AuditEntry refusal) {
        if (!inPeriod.getAndSet(true)) {
            scheduler.schedule(() -> later(this::endPeriod), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (refusals.isEntry(refusal)) {
            later(() -> append(List.of(refusal), () -> refusals.add(refusal)));
        }
    }

    private CompletionStage<Void> endPeriod() {
        inPeriod.set(false);
        RefusalCounts.Taken taken = refusals.take();
        List<AuditEntry> counts = taken.entries(now());
        return counts.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : append(counts, () -> refusals.putBack(taken));
    }

    /** Records the refusals that were only counted until now. Nothing else may be refused afterwards. */
    public void close() {
        try {
            Confirmation.await(endPeriod(), "The number of refusals", LAST_COUNTS);
        } catch (RuntimeException e) {
            LOG.warn("The audit lacks the number of the last refusals: {}", e.getMessage());
        }
    }

    /** @param otherwise what is done when the entries cannot be appended */
    private CompletionStage<Void> append(List<AuditEntry> entries, Runnable otherwise) {
        try {
            return log().append(entries).whenComplete((done, failure) -> {
                if (failure != null) {
                    lacks(entries.size(), failure, otherwise);
                }
            });
        } catch (RuntimeException e) { // the store is not there
            lacks(entries.size(), e, otherwise);
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void lacks(int entries, Throwable failure, Runnable otherwise) {
        LOG.warn("{} refusals are not in the audit yet: {}", entries, failure.getMessage());
        otherwise.run();
    }

    private void later(Supplier<CompletionStage<Void>> append) {
        try {
            threads.execute(() -> {
                var unused = append.get();
            });
        } catch (RejectedExecutionException stopping) {
            var unused = append.get();
        }
    }
}
