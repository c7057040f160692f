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

/** The lanes in which handlers work, one for each kind of work, and the count of requests that have no answer yet. */
final class Lanes {

    /** Several, since each waits for the store for a moment, or for seconds while the store accepts no writes. */
    private static final int HEALTH = 4;

    /** Several, for people who watch the server. */
    private static final int STATUS = 4;

    /** The places for work that waits for nothing; more would not be faster. */
    private static final int LIGHT = 4;

    /** Each holds a page in memory and one of the store's few readers; some readers must be left to other work. */
    private static final int PAGES = 3;

    /** A higher number would not be faster. */
    private static final int ORDINARY = 8;

    /** One at a time: collecting the memory that several need at once would pause the whole server noticeably. */
    private static final int LARGE_BODIES = 1;

    /** The places for changes of modules, which mostly wait for each other and for modules to stop. */
    private static final int LONG = 16;

    /** The places for sending answers of completed futures. */
    private static final int LATE = 4;

    /** The number of threads: one for each place. */
    static final int THREADS = HEALTH + STATUS + LIGHT + PAGES + ORDINARY + LARGE_BODIES + LONG + LATE;

    private static final int WAITING = 1_000;

    /** The queue length of lanes that refuse nothing; the number of connections limits them. */
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

    /** The threads that send answers of completed futures. */
    Executor threads() {
        return late;
    }

    /** The lane that takes over a request from the thread that has read its headers. */
    Executor entrance(RouteTable table, Request request) {
        Lane lane = of(work(table, request));
        return lane.isFull() ? light : lane; // the light lane answers that the other one is full
    }

    private static Work work(RouteTable table, Request request) {
        try {
            return table.find(
                            request.getMethod(),
                            String.valueOf(request.getHttpURI().getPath()))
                    .map(match -> Work.of(match.route()))
                    .orElse(Work.LIGHT);
        } catch (ProblemException broken) { // the handler reports what is wrong with it
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

    /** The number of requests that have no answer yet. */
    int active() {
        return open.get();
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
