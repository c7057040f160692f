package dev.pawl.http.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.http.auth.Credential;
import dev.pawl.http.memory.MemoryBudget;
import dev.pawl.http.stream.FollowerLimit;
import dev.pawl.service.access.Principal;
import dev.pawl.service.event.EventSink;
import dev.pawl.service.event.JobEvent;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.fake.FakeScheduler;
import dev.pawl.testkit.fake.Jobs;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class JobEventStreamTest {

    private static final Pattern MESSAGE = Pattern.compile("\"message\":\"([^\"]*)\"");

    private final AtomicReference<EventSink> sink = new AtomicReference<>();
    private final MemoryBudget memory = new MemoryBudget(1 << 20);
    private final FakeScheduler scheduler = new FakeScheduler();
    private final EventStreams streams = new EventStreams(
            memory,
            new FollowerLimit(100),
            found -> {
                sink.set(found);
                return () -> {};
            },
            InstantSource.fixed(Jobs.CREATED));
    private final Job job = scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.RUNNING));

    @AfterEach
    void close() {
        streams.close();
    }

    private FakeOutlet open(String lastId) {
        FakeOutlet client = new FakeOutlet();
        open(client, lastId);
        return client;
    }

    private void open(FakeOutlet client, String lastId) {
        streams.open(() -> new JobEventStream(
                        streams,
                        streams.log(),
                        scheduler,
                        Credential.endless(Principal.LOCAL),
                        client,
                        job.id().toString(),
                        Optional.ofNullable(lastId),
                        0))
                .run();
    }

    private Job end() {
        Job ended = Jobs.of(job.id(), job.request(), JobStatus.COMPLETED, null);
        sink.get().add(JobEvent.of(Jobs.CREATED, JobEvent.Change.ENDED, ended, null));
        scheduler.complete(job);
        return ended;
    }

    private static void endsWith(FakeOutlet client, String reason) {
        Eventually.eventually("the stream has ended", client::hasEnded);
        assertTrue(client.text().contains("event: end\ndata: {\"reason\":\"" + reason + "\""), client::text);
    }

    private static List<String> messages(FakeOutlet client) {
        return MESSAGE.matcher(client.text())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void aJobIsShownThenItsLinesInOrderThenItsEnd() {
        scheduler.log(job, "one");
        scheduler.log(job, "two");
        FakeOutlet client = open(null);
        scheduler.log(job, "three");
        Eventually.eventually("the lines have come", () -> messages(client).size() == 3);
        end();
        endsWith(client, "job_ended");
        assertEquals(List.of("one", "two", "three"), messages(client));
        assertEquals(List.of("job", "log", "log", "log", "job", "end"), client.names());
        assertTrue(client.text().contains("{\"change\":\"present\""), client::text);
        assertTrue(client.text().contains("\"reason\":\"job_ended\",\"status\":\"completed\"}"), client::text);
        assertTrue(client.lastId().endsWith(".3x"), client::lastId);
        Eventually.eventually("the memory is free again", () -> memory.held() == 0);
    }

    @Test
    void aJobThatHasEndedIsToldFromBeginningToEnd() {
        scheduler.log(job, "one");
        scheduler.add(Jobs.of(job.id(), job.request(), JobStatus.FAILED, null));
        FakeOutlet client = open(null);
        endsWith(client, "job_ended");
        assertEquals(List.of("job", "log", "end"), client.names());
    }

    @Test
    void theEndIsToldEvenWhenItsEventIsLate() {
        FakeOutlet client = open(null);
        Eventually.eventually("the subscription has begun", () -> scheduler.subscriptions.size() == 1);
        scheduler.complete(job); // and there is no event of it
        endsWith(client, "job_ended");
        assertEquals(List.of("job", "job", "end"), client.names());
        assertTrue(client.text().contains("{\"change\":\"ended\""), client::text);
    }

    @Test
    void aReaderGoesOnAfterItsLastLineAndEvent() {
        scheduler.log(job, "one");
        FakeOutlet first = open(null);
        Eventually.eventually("the line has come", () -> messages(first).size() == 1);
        String seen = first.lastId(); // before the next line comes to it too
        scheduler.log(job, "two");
        FakeOutlet again = open(seen);
        end();
        endsWith(again, "job_ended");
        assertEquals(List.of("two"), messages(again));
        assertFalse(again.text().contains("present"), "it has seen where the job stands");
    }

    @Test
    void afterARestartTheLogGoesOnAndTheJobIsShownAnew() {
        scheduler.log(job, "one");
        scheduler.log(job, "two");
        FakeOutlet client = open("anotherlife-17.1");
        Eventually.eventually("the line has come", () -> messages(client).size() == 1);
        assertEquals(List.of("two"), messages(client));
        assertEquals(List.of("reset", "job", "log"), client.names());
    }

    @Test
    void eventsOfBeforeAreNotToldAfterWhereTheJobStands() {
        FakeOutlet client = open(null);
        Job waiting = Jobs.of(job.id(), job.request(), JobStatus.PENDING, null);
        sink.get().add(JobEvent.of(Jobs.CREATED, JobEvent.Change.ADDED, waiting, null));
        sink.get().add(JobEvent.of(Jobs.CREATED, JobEvent.Change.STARTED, job, null));
        sink.get().add(JobEvent.of(Jobs.CREATED, JobEvent.Change.PROGRESS, job, null));
        end();
        endsWith(client, "job_ended");
        assertEquals(List.of("job", "job", "job", "end"), client.names());
        assertFalse(client.text().contains("\"change\":\"added\""), client::text);
        assertFalse(client.text().contains("\"change\":\"started\""), client::text);
    }

    @Test
    void aSlowReaderHoldsAWindowOfLinesAndGetsAllOfThem() {
        FakeOutlet slow = new FakeOutlet();
        slow.stick();
        open(slow, null);
        String line = "x".repeat(1_000);
        for (int i = 0; i < 500; i++) {
            scheduler.log(job, line);
        }
        Eventually.eventually(
                "lines wait", () -> scheduler.subscriptions.get(0).delivered.get() > 20);
        assertTrue(memory.held() <= 128 << 10, () -> memory.held() + " bytes");
        slow.loosen();
        Eventually.eventually("all lines have come", () -> messages(slow).size() == 500);
        assertEquals(Collections.nCopies(500, line), messages(slow));
    }

    @Test
    void aJobThatIsRemovedEndsItsStream() {
        scheduler.add(Jobs.of(job.id(), job.request(), JobStatus.PENDING, null));
        FakeOutlet client = open(null);
        var unused = scheduler.remove(job.id().toString());
        endsWith(client, "job_removed");
    }

    @Test
    void anUnknownJobLeavesNoReaderBehind() {
        scheduler.forget();
        assertThrows(ProblemException.class, () -> open(null));
        assertEquals(0, streams.readers());
    }

    @Test
    void manyReadersOfAJobShareTheTextsOfItsEvents() {
        List<FakeOutlet> clients = Stream.generate(() -> open(null)).limit(100).toList();
        end();
        clients.forEach(client ->
                Eventually.eventually("the event has come", () -> client.text().contains("{\"change\":\"ended\"")));
        assertEquals(1, streams.log().encodings());
    }
}
