package dev.pawl.http;

import static dev.pawl.http.Answers.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.fake.Jobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that fail inside the server: their answers and their log lines. */
final class RequestFailureIT {

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    private final LoggedLines log = LoggedLines.open();

    @BeforeEach
    @AfterEach
    void mend() {
        server.scheduler.failure = null;
        server.scheduler.stopping = null;
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    static Stream<RuntimeException> defects() {
        return Stream.of(
                new IllegalStateException("told to nobody but the log"),
                new ProblemException(ProblemCode.INTERNAL, "The store refused a statement."),
                new CompletionException(new IllegalArgumentException("inside")));
    }

    @ParameterizedTest
    @MethodSource("defects")
    void eachAnswerWith500IsLoggedOnceWithItsStackAndItsRequest(RuntimeException defect) throws Exception {
        server.scheduler.failure = defect;
        HttpResponse<String> answer = server.send(server.request("/status").header("X-Request-Id", "abc-7"));
        problem(500, "PAWL-602", answer);
        assertLoggedOnce("GET /status (request abc-7)");
    }

    @Test
    void theLineInTheLogHasTheIdOfTheAnswerEvenWhenTheClientGaveNone() throws Exception {
        server.scheduler.failure = new IllegalStateException("a defect");
        String id = server.get("/status").headers().firstValue("X-Request-Id").orElseThrow();
        assertLoggedOnce("GET /status (request " + id + ")");
    }

    @Test
    void anAnswerWith500ThatCameLaterIsLoggedOnceToo() throws Exception {
        problem(500, "PAWL-602", stoppedBy(new ProblemException(ProblemCode.INTERNAL, "It moved.")));
        assertLoggedOnce("/stop");
    }

    private void assertLoggedOnce(String request) {
        assertEquals(1, log.events().size(), () -> log.events().toString());
        ILoggingEvent event = log.events().get(0);
        assertEquals(Level.ERROR, event.getLevel());
        assertTrue(event.getFormattedMessage().contains(request), event.getFormattedMessage());
        assertTrue(event.getThrowableProxy().getStackTraceElementProxyArray().length > 5);
    }

    static Stream<Arguments> passingFailures() {
        return Stream.of(
                Arguments.of("PAWL-610", new OutOfMemoryError("as if there were none")),
                Arguments.of("PAWL-600", new IOException("No space left on device")),
                Arguments.of("PAWL-600", new UncheckedIOException(new IOException("Input/output error"))),
                Arguments.of("PAWL-601", new ProblemException(ProblemCode.SHUTTING_DOWN, "The store is closed.")));
    }

    @ParameterizedTest
    @MethodSource("passingFailures")
    void whatPassesMayBeTriedAgain(String code, Throwable failure) throws Exception {
        HttpResponse<String> answer = stoppedBy(failure);
        problem(503, code, answer);
        assertEquals(Optional.of("1"), answer.headers().firstValue("Retry-After"));
        assertTrue(log.events().stream().noneMatch(event -> event.getLevel() == Level.ERROR));
    }

    @Test
    void aRequestThatFailsBecauseAPartWentMayBeTriedAgain() throws Exception {
        CompletableFuture<Job> stopping = new CompletableFuture<>();
        server.scheduler.stopping = stopping;
        var answer = server.client.sendAsync(stop(), BodyHandlers.ofString());
        Eventually.eventually("the request is being handled", () -> !server.scheduler.askedToStop.isEmpty());
        server.unregister(Scheduler.class);
        stopping.completeExceptionally(new IllegalStateException("Invalid BundleContext."));
        problem(503, "PAWL-603", answer.join());
        server.register(Scheduler.class, server.scheduler);
    }

    @Test
    void aServiceThatTakesTooLongIsNotLaidOnTheClient() throws Exception {
        problem(500, "PAWL-602", stoppedBy(new TimeoutException()));
    }

    @Test
    void aClientThatHangsUpIsNoFailureOfTheServer() throws Exception {
        String host = "Host: localhost:" + server.url().getPort() + "\r\n";
        String authorized = host + "Authorization: Bearer " + server.token() + "\r\nContent-Length: 50\r\n\r\n{\"mod";
        for (String part : List.of("POST /jobs HTTP/1.1\r\n" + host, "POST /jobs HTTP/1.1\r\n" + authorized)) {
            try (Socket client = new Socket(server.url().getHost(), server.url().getPort())) {
                client.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
                client.shutdownOutput();
                String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertTrue(answer.isEmpty() || Raw.status(answer) == 400, answer);
            }
        }
        assertEquals(List.of(), log.events());
    }

    @Test
    @Tag("nightly") // Jetty allows a client to be silent for 30 s
    void aClientThatIsSilentInTheMiddleOfItsHeadersIsNoFailureOfTheServer() throws Exception {
        try (Socket client = new Socket(server.url().getHost(), server.url().getPort())) {
            client.getOutputStream().write("POST /jobs HTTP/1.1\r\nHos".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.isEmpty() || Raw.status(answer) == 408, answer);
        }
        assertEquals(List.of(), log.events());
    }

    private HttpResponse<String> stoppedBy(Throwable failure) throws Exception {
        server.scheduler.stopping = CompletableFuture.failedFuture(failure);
        return server.client.send(stop(), BodyHandlers.ofString());
    }

    private static HttpRequest stop() throws IOException {
        server.scheduler.askedToStop.clear();
        Job job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.RUNNING));
        return server.request("/jobs/" + job.id() + "/stop")
                .POST(BodyPublishers.noBody())
                .build();
    }
}
