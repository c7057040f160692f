package dev.pawl.http.stream;

import dev.pawl.http.answer.LogJson;
import dev.pawl.http.auth.Access;
import dev.pawl.http.memory.MemoryBudget;
import dev.pawl.http.memory.Share;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Query;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All logs that are being followed over WebSocket, and the thread that pings their clients. */
public final class LogStreams implements AutoCloseable {

    private static final Query AFTER = Query.integer(
            "after",
            0,
            Long.MAX_VALUE,
            0,
            "Sends the stored lines with a greater sequence number first; without it, only new lines are sent.");
    private static final Query TOKEN = Query.text(
            "token",
            "The token, for web pages, which cannot send it as a header; or offer the protocols pawl and "
                    + Access.PROTOCOL_TOKEN + "TOKEN.");

    private static final Logger LOG = LoggerFactory.getLogger(LogStreams.class);

    static final int PING_S = 30;

    private static final long LOOK_EVERY_MS = 1_000;

    /** The time for which a request for memory counts; longer than the interval at which it is repeated. */
    private static final long WANTED_NS = TimeUnit.MILLISECONDS.toNanos(3 * LOOK_EVERY_MS);

    private final Supplier<Scheduler> scheduler;
    private final MemoryBudget memory;
    private final FollowerLimit followers;
    private final LongSupplier nanoTime;
    private final Set<LogStream> open = ConcurrentHashMap.newKeySet();
    private final LineTexts texts = new LineTexts();
    private final ScheduledExecutorService pinger;
    private volatile long wantedAt;

    public LogStreams(Supplier<Scheduler> scheduler, MemoryBudget memory, FollowerLimit followers) {
        this(scheduler, memory, followers, PING_S * 1_000L, System::nanoTime);
    }

    /** Creates an instance with a clock that a test controls. */
    LogStreams(
            Supplier<Scheduler> scheduler,
            MemoryBudget memory,
            FollowerLimit followers,
            long pingEveryMs,
            LongSupplier nanoTime) {
        this.followers = followers;
        this.scheduler = scheduler;
        this.memory = memory;
        this.nanoTime = nanoTime;
        this.wantedAt = nanoTime.getAsLong() - WANTED_NS;
        this.pinger = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "pawl-http-ping");
            thread.setDaemon(true);
            return thread;
        });
        var unusedPings = pinger.scheduleWithFixedDelay(
                () -> each(LogStream::ping), pingEveryMs, pingEveryMs, TimeUnit.MILLISECONDS);
        var unusedChecks = pinger.scheduleWithFixedDelay(
                () -> each(LogStream::look), LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    /** A periodic task that throws would not be run again, for any client. */
    private void each(Consumer<LogStream> work) {
        for (LogStream stream : open) {
            try {
                work.accept(stream);
            } catch (RuntimeException | Error e) {
                LOG.warn("A client that follows a log cannot be served", e);
            }
        }
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(Route.get(
                        "/jobs/{id}/logs/stream",
                        Role.VIEWER,
                        "Streams a job's log line by line.",
                        DeclaredAnswer.socket(
                                () -> LogJson.ENTRY,
                                "A JSON text for each line, as in /jobs/{id}/logs, and {\"type\": \"ping\"} every "
                                        + "30 s; closed with 1000 after the job's end, 4004 when the job is "
                                        + "unknown, 4001 when the token has ended, 1001 when the server stops."),
                        this::follow)
                .query(AFTER, TOKEN)
                .upgrade());
    }

    /** Turns the request into a WebSocket that follows the job's log. */
    private Answer follow(Call call) {
        if (!"websocket".equalsIgnoreCase(call.request().getHeaders().get(HttpHeader.UPGRADE))) {
            throw new ProblemException(ProblemCode.MALFORMED, "This is a WebSocket's address; ask for an upgrade.");
        }
        ServerWebSocketContainer container =
                ServerWebSocketContainer.get(call.request().getContext());
        Scheduler current = scheduler.get();
        String job = call.path("id");
        Long after = call.isGiven(AFTER) ? Long.valueOf(call.longInteger(AFTER)) : null;
        boolean upgraded = container.upgrade(
                (request, response, callback) -> {
                    acceptProtocol(request, response);
                    return new LogStream(this, current, job, after, call.credential(), TextSink::of);
                },
                call.request(),
                call.wire().response(),
                call.wire().callback());
        if (!upgraded) {
            throw new ProblemException(ProblemCode.MALFORMED, "The request for a WebSocket is not valid.");
        }
        return new Answer.Upgraded();
    }

    /** The number of clients that may follow at once. */
    int most() {
        return followers.most();
    }

    /** Registers a stream when there is room for one more; returns whether there was. */
    boolean add(LogStream stream) {
        return followers.enter() && open.add(stream);
    }

    /** The number of logs that are being followed. */
    public int followers() {
        return open.size();
    }

    LineTexts texts() {
        return texts;
    }

    Share share() {
        return memory.share();
    }

    /** Notes that a client could be served if others held less memory. */
    void wantMemory() {
        wantedAt = nanoTime();
    }

    /** The limits for slow clients that apply now. */
    SlowClientLimit slowClientLimit() {
        return nanoTime() - wantedAt < WANTED_NS ? SlowClientLimit.SHORT : SlowClientLimit.USUAL;
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    void remove(LogStream stream) {
        if (open.remove(stream)) {
            followers.leave();
            if (open.isEmpty()) {
                texts.clear();
            }
        }
    }

    /** The sequence number of the last line, after which a client without {@code after} starts. */
    static long last(Scheduler scheduler, String job) {
        List<LogEntry> last = scheduler.logs(job, 1);
        return last.isEmpty() ? 0 : last.get(0).sequence();
    }

    @Override
    public void close() {
        pinger.shutdownNow();
        open.forEach(LogStream::goAway);
    }

    private static void acceptProtocol(ServerUpgradeRequest request, ServerUpgradeResponse response) {
        if (request.hasSubProtocol("pawl")) {
            response.setAcceptedSubProtocol("pawl"); // never the one that contains the token
        }
    }
}
