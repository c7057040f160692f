package dev.pawl.http;

import static dev.pawl.http.Answers.ok;
import static dev.pawl.http.Answers.problem;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.testkit.fake.Jobs;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Requests that wait for the end of a job. */
final class WaitForEndIT {

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    @Test
    void theAnswerComesWithTheEndOfTheJob() throws Exception {
        Job job = running();
        CompletableFuture<HttpResponse<String>> answer = waiting(job, "60s");
        eventually("it waits", () -> server.scheduler.subscriptions.size() == 1);
        assertFalse(answer.isDone());
        server.scheduler.complete(job);
        assertEquals("completed", ok(answer.get()).get("status"));
        eventually("nobody waits", () -> server.scheduler.subscriptions.isEmpty());
    }

    @Test
    void aJobThatHasEndedIsShownAtOnce() throws Exception {
        Job job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.COMPLETED));
        assertEquals("completed", ok(waiting(job, "60s").get()).get("status"));
        problem(404, "PAWL-100", server.get("/jobs/12345678?wait=60s"));
    }

    @Test
    void whenTheTimeIsOverTheJobIsShownAsItIs() throws Exception {
        Job job = running();
        assertEquals("running", ok(waiting(job, "50ms").get()).get("status"));
        eventually("nobody waits", () -> server.scheduler.subscriptions.isEmpty());
    }

    @Test
    void aWrongWaitIsRefused() throws Exception {
        assertTrue(problem(400, "PAWL-300", server.get("/jobs/" + running().id() + "?wait=soon"))
                .contains("it takes a duration"));
    }

    @Test
    void aClientThatHangsUpIsNoticed() throws Exception {
        Job job = running();
        Socket client = ask(job);
        eventually("it waits", () -> server.scheduler.subscriptions.size() == 1);
        client.close();
        eventually("its place is free", () -> server.scheduler.subscriptions.isEmpty());
    }

    @Test
    void aRequestThatIsSentBehindTheWaitingOneIsAnsweredAfterIt() throws Exception {
        Job job = running();
        String next = "GET /status/health HTTP/1.1\r\nHost: localhost:"
                + server.url().getPort() + "\r\nConnection: close\r\n\r\n";
        try (Socket client = ask(job)) {
            eventually("it waits", () -> server.scheduler.subscriptions.size() == 1);
            client.getOutputStream().write(next.getBytes(StandardCharsets.US_ASCII));
            client.setSoTimeout(1_500); // by then the connection was looked at
            assertSilent(client);
            server.scheduler.complete(job);
            client.setSoTimeout(10_000);
            String answers = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answers.contains("\"completed\"") && answers.contains("\"online\""), answers);
        }
    }

    @Test
    void aServerThatStopsAnswersThoseThatWait() throws Exception {
        try (TestServer stopping = TestServer.start(data.resolve("stopping"))) {
            Job job = stopping.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.RUNNING));
            CompletableFuture<HttpResponse<String>> answer = stopping.client.sendAsync(
                    stopping.request("/jobs/" + job.id() + "?wait=60s").build(), BodyHandlers.ofString());
            eventually("it waits", () -> stopping.scheduler.subscriptions.size() == 1);
            stopping.context().getBundle(0).stop();
            assertEquals("running", ok(answer.get()).get("status"));
        }
    }

    @Test
    void manyWaitWithoutAThreadEach() throws Exception {
        Job job = running();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int n = 0; n < 200; n++) {
            answers.add(waiting(job, "60s"));
        }
        eventually("all wait", Duration.ofSeconds(20), () -> server.scheduler.subscriptions.size() == 200);
        assertEquals(200, server.get("/status/health").statusCode());
        server.scheduler.complete(job);
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertEquals("completed", ok(answer.get()).get("status"));
        }
    }

    private static Job running() {
        return server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.RUNNING));
    }

    private static CompletableFuture<HttpResponse<String>> waiting(Job job, String wait) throws IOException {
        return server.client.sendAsync(
                server.request("/jobs/" + job.id() + "?wait=" + wait).build(), BodyHandlers.ofString());
    }

    private static Socket ask(Job job) throws IOException {
        Socket client = new Socket(server.url().getHost(), server.url().getPort());
        String request = "GET /jobs/" + job.id() + "?wait=60s HTTP/1.1\r\nHost: localhost:"
                + server.url().getPort() + "\r\nAuthorization: Bearer " + server.token() + "\r\n\r\n";
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private static void assertSilent(Socket client) throws IOException {
        try {
            assertEquals("nothing", "read " + client.getInputStream().read());
        } catch (SocketTimeoutException expected) {
            assertFalse(client.isClosed());
        }
    }
}
