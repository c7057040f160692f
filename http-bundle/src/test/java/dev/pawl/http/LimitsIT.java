package dev.pawl.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.LogFollower;
import dev.pawl.testkit.fake.Jobs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The limits for what a client sends, and the answers to requests that exceed them. */
final class LimitsIT {

    private static final int LONGEST_MODULES = 10_000;
    private static final int LONGEST_MESSAGE = 4 << 10;

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    @Test
    void aPollNamesItsModulesInTenThousandCharacters() throws Exception {
        String names = "hello," + "m".repeat(LONGEST_MODULES - "hello,".length());
        assertEquals(
                404, server.get("/queue/poll?worker_id=w1&modules=" + names).statusCode());
        assertTrue(Answers.problem(400, "PAWL-300", server.get("/queue/poll?modules=" + names + "m"))
                .contains("modules"));
    }

    @Test
    void aMessageThatIsTooLongClosesTheStream() throws Exception {
        Job job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.RUNNING));
        LogFollower follower = new LogFollower(
                server.client.newWebSocketBuilder().header("Authorization", "Bearer " + server.token()),
                server.url().resolve("/jobs/" + job.id() + "/logs/stream"));
        Eventually.eventually("the log is followed", () -> server.scheduler.subscriptions.size() == 1);
        follower.socket().sendText("x".repeat(LONGEST_MESSAGE), true).join();
        server.scheduler.log(job, "goes on");
        Eventually.eventually("the stream continues", () -> follower.texts().size() == 1);
        follower.socket().sendText("x".repeat(LONGEST_MESSAGE + 1), true).join();
        assertEquals(1009, follower.closeCode());
    }

    @Test
    void theNextRequestAfterARefusalIsNotDelayed() throws Exception {
        int port = server.url().getPort();
        String host = "Host: localhost:" + port + "\r\n";
        String refused = "POST /jobs HTTP/1.1\r\n" + host + "Content-Length: 7\r\n\r\nxxxxxxx";
        String next = "GET /status/health HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n";
        Duration quickest = Duration.ofNanos(LongStream.range(0, 10)
                .map(round -> nanosOf(port, refused + next))
                .min()
                .orElseThrow());
        assertTrue(quickest.toMillis() < 150, quickest::toString);
    }

    private static long nanosOf(int port, String requests) {
        long began = System.nanoTime();
        try {
            String answers = Raw.exchange(port, requests);
            assertTrue(answers.startsWith("HTTP/1.1 401") && answers.contains("HTTP/1.1 200"), answers);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return System.nanoTime() - began;
    }
}
