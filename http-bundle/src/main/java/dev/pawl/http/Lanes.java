package dev.pawl.http;

import dev.pawl.http.route.RouteTable;
import dev.pawl.http.route.Work;
import dev.pawl.http.server.Lane;
import dev.pawl.service.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Request;

/** The lanes in which handlers work, one for each kind of work, and the number of requests that have no answer yet. */
final class Lanes {

    /** A few, since each waits for the store for a moment, or for seconds while that takes no writes. */
    private static final int HEALTH = 4;

    /** A few for people who look what is going on. */
    private static final int STATUS = 4;

    /** They wait for nothing, so that more would not be faster. */
    private static final int LIGHT = 4;

    /** Each holds a page in memory and one of the store's few readers, of which they leave some to others. */
    private static final int PAGES = 3;

    /** More would not be faster. */
    private static final int ORDINARY = 8;

    /** One after the other: the memory that several need at once is collected in pauses that everybody notices. */
    private static final int LARGE_BODIES = 1;

    /** They mostly wait for each other, and for modules to stop. */
    private static final int LONG = 16;

    /** Answers that come when what they waited for is done. */
    private static final int LATE = 4;

    /** As many threads as there can be work at once. */
    static final int THREADS = HEALTH + STATUS + LIGHT + PAGES + ORDINARY + LARGE_BODIES + LONG + LATE;

    private static final int WAITING = 1_000;

    /** Where nothing is refused, there are as many as there are connections. */
    private static final int ANY = Integer.MAX_VALUE;

    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    private final Lane health;
    private final Lane status;
    private final Lane light;
    private final Lane pages;
    private final Lane ordinary;
    private final Lane largeBodies;
    private final Lane slow;
    private final Lane late;
    private final AtomicInteger open = new AtomicInteger();

    Lanes(Executor threads) {
        this.health = new Lane(HEALTH, ANY, threads);
        this.status = new Lane(STATUS, WAITING, threads);
        this.light = new Lane(LIGHT, ANY, threads);
        this.pages = new Lane(PAGES, WAITING, threads);
        this.ordinary = new Lane(ORDINARY, WAITING, threads);
        this.largeBodies = new Lane(LARGE_BODIES, WAITING, threads);
        this.slow = new Lane(LONG, WAITING, threads);
        this.late = new Lane(LATE, ANY, threads);
    }

    /** Sends answers that come when what they waited for is done. */
    Executor threads() {
        return late;
    }

    /** The lane that takes a request from the thread that has read its headers. */
    Executor entrance(RouteTable table, Request request) {
        Lane lane = of(work(table, request));
        return lane.isFull() ? light : lane; // which tells it so
    }

    private static Work work(RouteTable table, Request request) {
        try {
            return table.find(
                            request.getMethod(),
                            String.valueOf(request.getHttpURI().getPath()))
                    .map(match -> Work.of(match.route()))
                    .orElse(Work.LIGHT);
        } catch (ProblemException broken) { // the handler tells what is wrong with it
            return Work.LIGHT;
        }
    }

    Lane of(Work work) {
        return switch (work) {
            case HEALTH -> health;
            case STATUS -> status;
            case LIGHT -> light;
            case PAGES -> pages;
            case ORDINARY -> ordinary;
            case LARGE_BODY -> largeBodies;
            case LONG -> slow;
        };
    }

    void begun() {
        open.incrementAndGet();
    }

    void ended() {
        open.decrementAndGet();
    }

    /** Waits until every request has its answer, or the time is over. */
    void awaitAnswers(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!isIdle() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private boolean isIdle() {
        return Stream.of(health, status, light, pages, ordinary, largeBodies, slow, late)
                        .allMatch(Lane::isIdle)
                && open.get() == 0;
    }
}
