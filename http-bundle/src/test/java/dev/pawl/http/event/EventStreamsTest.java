package dev.pawl.http.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.http.auth.Credential;
import dev.pawl.http.memory.MemoryBudget;
import dev.pawl.http.stream.FollowerLimit;
import dev.pawl.service.access.Bounds;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.event.EventSink;
import dev.pawl.service.event.EventType;
import dev.pawl.service.event.JobEvent;
import dev.pawl.service.event.QueueEvent;
import dev.pawl.service.event.WorkerEvent;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.fake.Jobs;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EventStreamsTest {

    private static final Set<EventType> ALL = EnumSet.allOf(EventType.class);

    private static final int MOST = 1_000;

    private final AtomicLong now = new AtomicLong();
    private final AtomicReference<EventSink> sink = new AtomicReference<>();
    private final MemoryBudget memory = new MemoryBudget(1 << 20);
    private final EventStreams streams = new EventStreams(
            memory,
            new FollowerLimit(MOST),
            found -> {
                sink.set(found);
                return () -> sink.set(null);
            },
            InstantSource.fixed(Jobs.CREATED),
            now::get);
    private final AtomicBoolean inForce = new AtomicBoolean(true);
    private Principal reader = Principal.LOCAL;

    @AfterEach
    void close() {
        streams.close();
    }

    private Credential credential() {
        Principal principal = reader;
        return new Credential() {
            @Override
            public Principal principal() {
                return principal;
            }

            @Override
            public boolean isInForce() {
                return inForce.get();
            }
        };
    }

    private ServerEventStream open(FakeOutlet client, Set<EventType> types, String lastId) {
        AtomicReference<ServerEventStream> made = new AtomicReference<>();
        streams.open(() -> {
                    made.set(new ServerEventStream(
                            streams, streams.log(), credential(), client, types, Optional.ofNullable(lastId)));
                    return made.get();
                })
                .run();
        return made.get();
    }

    private FakeOutlet reader() {
        FakeOutlet client = new FakeOutlet();
        open(client, ALL, null);
        return client;
    }

    private void publish(int... numbers) {
        for (int number : numbers) {
            sink.get().add(new QueueEvent(Jobs.CREATED, QueueEvent.Change.CLEARED, null, number));
        }
    }

    private static void gets(FakeOutlet client, String text) {
        Eventually.eventually("the client gets " + text, () -> client.text().contains(text));
    }

    private static String removed(int number) {
        return "\"removed\":" + number + "}";
    }

    @Test
    void aThousandReadersCostOneEncodingOfEachEvent() {
        List<FakeOutlet> clients = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            clients.add(reader());
        }
        for (int i = 1; i <= 100; i++) {
            publish(i);
        }
        clients.forEach(client -> gets(client, removed(100)));
        for (FakeOutlet client : clients) {
            assertEquals(100, client.names().size());
        }
        assertEquals(100, streams.log().encodings());
        assertThrows(ProblemException.class, this::reader, "one more than there is room for");
    }

    @Test
    void aReaderThatComesBackGoesOnWithoutAGap() {
        FakeOutlet first = new FakeOutlet();
        ServerEventStream stream = open(first, ALL, null);
        publish(1, 2);
        gets(first, removed(2));
        first.gone = true;
        stream.abort(new IllegalStateException("cut"));
        publish(3, 4);
        FakeOutlet again = new FakeOutlet();
        open(again, ALL, first.lastId());
        gets(again, removed(4));
        publish(5);
        gets(again, removed(5));
        assertEquals(List.of("queue", "queue", "queue"), again.names());
        assertFalse(again.text().contains(removed(2)));
    }

    @Test
    void aReaderGetsNothingBeforeItsStreamBeginsAndThenAllThatCameMeanwhile() {
        FakeOutlet other = reader();
        FakeOutlet client = new FakeOutlet();
        Runnable begin = streams.open(
                () -> new ServerEventStream(streams, streams.log(), credential(), client, ALL, Optional.empty()));

        publish(1);
        gets(other, removed(1));
        publish(2);
        gets(other, removed(2)); // what came before was given out to all
        assertEquals("", client.text());

        begin.run();
        gets(client, removed(1));
        gets(client, removed(2));
    }

    @Test
    void anIdOfAnotherLifeOrNoneOfOursIsAnsweredByAReset() {
        reader();
        publish(1);
        for (String id : List.of(
                "another-1",
                streams.log().life() + "-99",
                "nonsense",
                streams.log().life() + "-1x")) {
            FakeOutlet client = new FakeOutlet();
            open(client, ALL, id);
            gets(client, "event: reset\ndata: {\"reason\":\"another_life\"");
            assertEquals(streams.log().id(streams.log().last()), client.lastId());
        }
        assertEquals(4, streams.resets());
    }

    @Test
    void aReaderThatFellBehindIsResetAndHoldsLittleMemory() {
        FakeOutlet slow = reader();
        slow.stick();
        for (int i = 0; i < EventLog.MOST + 100; i++) {
            publish(i);
        }
        Eventually.eventually("the client has something to take", slow::isWaiting);
        assertTrue(memory.held() <= 2 * Batch.FULL, () -> memory.held() + " bytes");
        slow.loosen();
        gets(slow, "{\"reason\":\"fell_behind\"");
        publish(77_777);
        gets(slow, removed(77_777));
        assertEquals(1, streams.resets());
        Eventually.eventually("the memory is free again", () -> memory.held() == 0);
    }

    @Test
    void aReaderThatCatchesUpHoldsLittleMemoryAtEachStep() {
        FakeOutlet slow = reader();
        slow.stick();
        for (int i = 0; i < 5_000; i++) {
            publish(i);
        }
        Eventually.eventually("the client has something to take", slow::isWaiting);
        for (int i = 0; i < 5; i++) {
            slow.takeOnce();
            Eventually.eventually("the next texts wait", slow::isWaiting);
            assertTrue(memory.held() > 1 << 10 && memory.held() <= 32 << 10, () -> memory.held() + " bytes");
        }
        slow.loosen();
        gets(slow, removed(4_999));
        assertEquals(5_000, slow.names().size());
    }

    @Test
    void aReaderThatTakesNothingIsDisconnected() {
        FakeOutlet slow = new FakeOutlet();
        ServerEventStream stream = open(slow, ALL, null);
        slow.stick();
        publish(1);
        Eventually.eventually("the client has something to take", slow::isWaiting);
        now.addAndGet(EventStream.SLOWEST.toNanos());
        stream.look();
        assertFalse(slow.wasCut());
        now.addAndGet(1);
        stream.look();
        assertTrue(slow.wasCut());
        assertEquals(0, streams.readers());
        assertEquals(1, streams.cuts());
    }

    @Test
    void aClientThatHasHungUpIsNoticedWhileNothingHappens() {
        FakeOutlet client = new FakeOutlet();
        ServerEventStream stream = open(client, ALL, null);
        client.gone = true;
        for (int i = 0; i < 5; i++) {
            stream.look();
        }
        assertTrue(client.wasCut());
        assertEquals(0, streams.readers());
    }

    @Test
    void aReaderOfFewTypesGetsThoseAndKeepsItsPlace() {
        FakeOutlet client = new FakeOutlet();
        ServerEventStream stream = open(client, EnumSet.of(EventType.WORKER), null);
        publish(1, 2, 3);
        sink.get().add(new WorkerEvent(Jobs.CREATED, WorkerEvent.Change.LOST, "encoder-1", "host", "1", false));
        publish(4);
        gets(client, "\"worker_id\":\"encoder-1\"");
        assertEquals(List.of("worker"), client.names());
        Eventually.eventually("the last event was passed over", () -> {
            now.addAndGet(EventStream.HEARTBEAT.toNanos());
            stream.look();
            return client.lastId().equals(streams.log().id(streams.log().last()));
        });
        assertTrue(client.text().endsWith(": heartbeat\nid: " + client.lastId() + "\n\n"), client::text);
    }

    @Test
    void aBoundedTokenSeesWhatItsModulesAndNothingElseDo() {
        reader = new Principal("t", "t", Role.VIEWER, new Bounds(Set.of("hello"), false));
        FakeOutlet client = reader();
        for (String module : List.of("hello", "other")) {
            sink.get()
                    .add(JobEvent.of(
                            Jobs.CREATED,
                            JobEvent.Change.STARTED,
                            Jobs.of(Jobs.request(module), JobStatus.RUNNING),
                            null));
            sink.get().add(new QueueEvent(Jobs.CREATED, QueueEvent.Change.PAUSED, module, 0));
        }
        sink.get().add(new WorkerEvent(Jobs.CREATED, WorkerEvent.Change.LOST, "encoder-1", "host", "1", false));
        publish(1);
        gets(client, removed(1));
        assertEquals(List.of("job", "queue", "queue"), client.names());
        assertFalse(client.text().contains("other"), client::text);
    }

    @Test
    void anEventOfAJobHoldsNoInputs() {
        FakeOutlet client = reader();
        sink.get()
                .add(JobEvent.of(
                        Jobs.CREATED,
                        JobEvent.Change.STARTED,
                        Jobs.of(Jobs.request("hello"), JobStatus.RUNNING),
                        null));
        gets(client, "\"status\":\"running\"");
        assertFalse(client.text().contains("World"), "an input");
        assertFalse(client.text().contains("a.txt"), "an info");
        assertTrue(client.text().contains("\"progress\":40"), client::text);
    }

    @Test
    void aRevokedTokenEndsTheStreamWithItsNextEvent() {
        FakeOutlet client = reader();
        inForce.set(false);
        publish(1);
        gets(client, "event: end\ndata: {\"reason\":\"token_ended\"}");
        assertFalse(client.text().contains(removed(1)));
        Eventually.eventually("the stream has ended", client::hasEnded);
    }

    @Test
    void theEndOfTheServerEndsAllStreams() {
        FakeOutlet client = reader();
        streams.close();
        assertTrue(client.text().contains("event: end\ndata: {\"reason\":\"server_stopping\"}"), client::text);
        assertTrue(client.hasEnded());
        assertEquals(null, sink.get());
        assertThrows(ProblemException.class, this::reader);
    }

    @Test
    void eventsComeInWhileSomeoneReadsAndForAWhileAfter() {
        assertEquals(null, sink.get());
        FakeOutlet client = new FakeOutlet();
        ServerEventStream stream = open(client, ALL, null);
        assertEquals(streams.log(), sink.get());
        String before = client.lastId();
        stream.abort(new IllegalStateException("cut"));
        streams.leave();
        assertEquals(streams.log(), sink.get(), "the reader may come back");
        now.addAndGet(EventStreams.KEPT_ON.toNanos());
        streams.leave();
        assertEquals(null, sink.get());
        FakeOutlet late = new FakeOutlet();
        open(late, ALL, before);
        gets(late, "event: reset");
    }

    @Test
    void aReaderThatComesWhileTheEventsAreAboutToBeGivenUpGetsThem() {
        open(new FakeOutlet(), ALL, null).abort(new IllegalStateException("cut"));
        now.addAndGet(EventStreams.KEPT_ON.toNanos());
        FakeOutlet client = new FakeOutlet();
        streams.open(() -> {
                    streams.leave(); // its time has come
                    return new ServerEventStream(streams, streams.log(), credential(), client, ALL, Optional.empty());
                })
                .run();
        assertEquals(streams.log(), sink.get());
        publish(1);
        gets(client, removed(1));
    }

    @Test
    void lostEventsAreToldToEveryReader() {
        FakeOutlet one = reader();
        FakeOutlet two = reader();
        publish(1);
        sink.get().lost("A test has lost them.");
        gets(one, "event: reset");
        gets(two, "event: reset");
        publish(2);
        gets(one, removed(2));
        gets(two, removed(2));
    }
}
