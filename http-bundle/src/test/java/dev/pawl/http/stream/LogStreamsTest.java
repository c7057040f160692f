package dev.pawl.http.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.LogLevel;
import dev.pawl.http.auth.Credential;
import dev.pawl.http.memory.MemoryBudget;
import dev.pawl.service.access.Principal;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.LogEntry;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.fake.FakeScheduler;
import dev.pawl.testkit.fake.Jobs;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LogStreamsTest {

    private static final int MOST = 1_000;
    private static final long MEMORY = 1 << 20;

    private final AtomicLong now = new AtomicLong();
    private final FakeScheduler scheduler = new FakeScheduler();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Session session = (Session) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                calls.add(method.getName() + (arguments == null ? "" : " " + arguments[0]));
                return null;
            });
    private final AtomicBoolean inForce = new AtomicBoolean(true);
    private final Credential credential = new Credential() {
        @Override
        public Principal principal() {
            return Principal.LOCAL;
        }

        @Override
        public boolean isInForce() {
            return inForce.get();
        }
    };
    private LogStreams streams;
    private Job job;

    @BeforeEach
    void open() {
        job = scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.RUNNING));
        streams = new LogStreams(() -> scheduler, new MemoryBudget(MEMORY), new FollowerLimit(MOST), 5, now::get);
    }

    @AfterEach
    void close() {
        streams.close();
    }

    @Test
    void openStreamsArePinged() {
        follow();
        Eventually.eventually("a ping", () -> calls.contains("sendText {\"type\":\"ping\"}"));
        Eventually.eventually("a ping frame", () -> calls.stream().anyMatch(call -> call.startsWith("sendPing")));
    }

    @Test
    void aClientThatAnswersNoPingIsLeft() {
        LogStream stream = follow();
        now.addAndGet(Duration.ofSeconds(80).toNanos());
        stream.onWebSocketPong(ByteBuffer.allocate(0));
        now.addAndGet(Duration.ofSeconds(80).toNanos());
        stream.ping();
        assertFalse(calls.contains("disconnect"));
        now.addAndGet(Duration.ofSeconds(20).toNanos());
        Eventually.eventually("the client is disconnected", () -> calls.contains("disconnect"));
        assertTrue(scheduler.subscriptions.isEmpty());
    }

    @Test
    void anErrorAtOneClientEndsTheCareForNobodyElse() {
        LogStream broken = new LogStream(streams, scheduler, job.id().toString(), null, credential, this::sink);
        broken.onWebSocketOpen((Session) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                    if (method.getName().startsWith("send")) {
                        throw new LinkageError("simulated");
                    }
                    return null;
                }));
        follow();
        Eventually.eventually(
                "many pings",
                () -> calls.stream().filter(call -> call.contains("ping")).count() > 3);
    }

    @Test
    void aStreamEndsWithItsToken() {
        LogStream stream = follow();
        stream.look();
        assertFalse(calls.contains("close 4001"));
        inForce.set(false);
        stream.look();
        assertTrue(calls.contains("close 4001"), calls.toString());
        assertTrue(scheduler.subscriptions.isEmpty());
    }

    @Test
    void aClientThatTakesNothingIsToldAndThenLeft() {
        LogStream stream = follow();
        assertTrue(stream.isReady());
        scheduler.log(job, "a line");
        Eventually.eventually("the line is being sent", () -> calls.stream()
                .anyMatch(call -> call.startsWith("sendText") && call.contains("a line")));
        now.addAndGet(SlowClientLimit.USUAL.untilCloseFrame().toNanos());
        stream.look();
        assertFalse(calls.contains("close 1013"), calls.toString());
        now.addAndGet(1);
        stream.look();
        assertTrue(calls.contains("close 1013"), calls.toString());
        assertTrue(scheduler.subscriptions.isEmpty());
        now.addAndGet(SlowClientLimit.USUAL.untilCut().toNanos());
        stream.look();
        assertTrue(calls.contains("disconnect"), calls.toString());
    }

    @Test
    void aClientThatTakesNothingMakesRoomForOthersSooner() {
        int many = (int) (MEMORY / Window.MEMORY);
        List<LogStream> all = Stream.generate(this::follow).limit(many).toList();
        scheduler.log(job, "a line");
        Eventually.eventually("the line is being sent to all", () -> sent("a line") == many);
        now.addAndGet(SlowClientLimit.SHORT.untilCloseFrame().toNanos() + 1);
        all.forEach(LogStream::look);
        assertFalse(calls.contains("close 1013"), "no other client needs its memory: " + calls);
        LogStream other = follow();
        assertFalse(other.isReady());
        all.forEach(LogStream::look);
        assertEquals(many, calls.stream().filter("close 1013"::equals).count());
        now.addAndGet(SlowClientLimit.SHORT.untilCut().toNanos());
        assertFalse(other.isReady());
        all.forEach(LogStream::look);
        assertEquals(many, calls.stream().filter("disconnect"::equals).count());
        all.forEach(stream -> stream.onWebSocketClose(1006, "", Callback.NOOP));
        assertTrue(other.isReady());
    }

    /** A stream of the job's log from its beginning. */
    private LogStream gathering(LogStreams all, TextSink sink) {
        return new LogStream(all, scheduler, job.id().toString(), 0L, credential, open -> sink);
    }

    @Test
    void aClientThatHasAllLinesHoldsNoMemory() {
        MemoryBudget memory = new MemoryBudget(Window.MEMORY);
        try (LogStreams others = new LogStreams(
                () -> scheduler,
                memory,
                new FollowerLimit(MOST),
                Duration.ofHours(1).toMillis(),
                now::get)) {
            List<org.eclipse.jetty.util.Callback> told = new ArrayList<>();
            LogStream stream = gathering(others, (text, more, sent) -> told.add(sent));
            stream.onWebSocketOpen(session);
            assertTrue(stream.isReady());
            stream.flush();
            assertEquals(0, memory.held(), "there was no line");
            assertTrue(stream.isReady());
            for (long n = 1; n <= 2; n++) {
                stream.next(new LogEntry(n, Jobs.CREATED, LogLevel.INFO, "line" + n, 0, 1));
            }
            stream.flush();
            stream.ended();
            told.get(0).succeeded();
            assertEquals(Window.MEMORY, memory.held(), "a line is on its way");
            told.get(1).succeeded();
            assertEquals(0, memory.held(), "it has all lines, whether it closes its connection or not");
        }
    }

    @Test
    void whenTheServerStopsEveryClientIsTold() {
        follow();
        streams.close();
        assertTrue(calls.contains("close 1001"), calls.toString());
        assertTrue(scheduler.subscriptions.isEmpty());
    }

    @Test
    void linesThatFollowAtOnceAreGatheredAndTheLastOneSendsThem() {
        List<String> sent = new ArrayList<>();
        LogStream stream = gathering(
                streams,
                (text, more, told) -> sent.add(
                        StandardCharsets.UTF_8.decode(text).toString().replaceAll(".*\"message\":\"(\\w+)\".*", "$1")
                                + (more ? " and more" : "")));
        stream.onWebSocketOpen(session);
        for (long n = 1; n <= 3; n++) {
            stream.next(new LogEntry(n, Jobs.CREATED, LogLevel.INFO, "line" + n, 0, 1));
        }
        assertEquals(List.of("line1 and more", "line2 and more"), sent);
        stream.flush();
        stream.flush();
        assertEquals(List.of("line1 and more", "line2 and more", "line3"), sent);
    }

    @Test
    void noMoreThanAThousandLogsAreFollowed() {
        for (int i = 0; i < MOST; i++) {
            follow();
        }
        assertFalse(calls.contains("close 1013"));
        follow();
        assertTrue(calls.contains("close 1013"));
        assertEquals(MOST, scheduler.subscriptions.size());
    }

    private long sent(String line) {
        return calls.stream()
                .filter(call -> call.startsWith("sendText") && call.contains(line))
                .count();
    }

    private TextSink sink(Session ignored) {
        return (text, more, sent) -> calls.add("sendText " + StandardCharsets.UTF_8.decode(text));
    }

    private LogStream follow() {
        LogStream stream = new LogStream(streams, scheduler, job.id().toString(), null, credential, this::sink);
        stream.onWebSocketOpen(session);
        return stream;
    }
}
