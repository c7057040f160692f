package dev.pawl.samples.http;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskCancelledException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.JobHarness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Answers that are too long, too slow, or broken. */
final class HardAnswersTest {

    private static final Map<String, Object> ONCE = Map.of("count", 0);

    private static byte[] gzipOfZeros(int megabytes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            byte[] zeros = new byte[1 << 20];
            for (int n = 0; n < megabytes; n++) {
                gzip.write(zeros);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void aCompressedAnswerIsDecodedAndABombIsDefused() throws Exception {
        byte[] small = gzipOfZeros(1);
        byte[] bomb = gzipOfZeros(20);
        try (TestService service = new TestService(exchange -> {
            boolean isBomb = exchange.getRequestURI().getPath().equals("/bomb");
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            TestService.send(exchange, 200, isBomb ? bomb : small);
        })) {
            HarnessRun run = HttpModuleTest.job(Map.of("url", service.url("/"), "extract", Map.of("a", "/a")))
                    .run();
            assertTrue(HttpModuleTest.failure(run).contains("is no JSON"), "it was decoded");
            assertEquals("gzip", service.seen().get(0).header("Accept-Encoding"));

            HarnessRun refused =
                    HttpModuleTest.job(Map.of("url", service.url("/bomb"))).run();
            assertEquals(
                    "The answer has more than 10,485,760 bytes, which is its limit.", HttpModuleTest.failure(refused));
            assertEquals(2, service.seen().size(), "a refused answer is not asked for again");
        }
    }

    @Test
    void anEndlessAnswerIsCutAtItsLimit() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        try (TestService service = new TestService(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] bytes = new byte[64 * 1024];
            try {
                while (gone.getCount() > 0) {
                    exchange.getResponseBody().write(bytes);
                }
            } catch (IOException closed) {
                gone.countDown();
            }
        })) {
            HarnessRun run = HttpModuleTest.job(Map.of("url", service.url("/"), "max_body_bytes", 1_000_000))
                    .run();
            assertEquals("The answer has more than 1,000,000 bytes, which is its limit.", HttpModuleTest.failure(run));
            assertTrue(gone.await(10, TimeUnit.SECONDS), "the connection was closed");
        }
    }

    @Test
    void anAnswerThatDripsEndsWithItsTimeout() throws Exception {
        try (TestService service = new TestService(HardAnswersTest::drip)) {
            long begin = System.nanoTime();
            HarnessRun run = HttpModuleTest.job(Map.of("url", service.url("/"), "timeout", "500ms", "retries", ONCE))
                    .run();
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);
            assertEquals("The server 127.0.0.1 did not answer in full within 500 ms.", HttpModuleTest.failure(run));
            assertTrue(taken.compareTo(Eventually.PATIENCE) < 0, taken::toString); // it drips for ever
        }
    }

    private static void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        CountDownLatch never = new CountDownLatch(1);
        try (OutputStream body = exchange.getResponseBody()) {
            while (!never.await(20, TimeUnit.MILLISECONDS)) {
                body.write(' ');
                body.flush();
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aStopInMidAnswerEndsTheTaskWithinASecond() throws Exception {
        AtomicBoolean cancelled = new AtomicBoolean();
        CountDownLatch began = new CountDownLatch(1);
        try (TestService service = new TestService(exchange -> {
            began.countDown();
            drip(exchange);
        })) {
            long[] taken = new long[1];
            Module stopped = task -> {
                Thread stop = new Thread(() -> {
                    try {
                        began.await();
                        cancelled.set(true);
                        taken[0] = System.nanoTime();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                stop.start();
                assertThrows(TaskCancelledException.class, () -> new HttpModule().run(stoppable(task, cancelled)));
                taken[0] = System.nanoTime() - taken[0];
                stop.join();
            };
            JobHarness.of(() -> stopped)
                    .inputs(Map.of("url", service.url("/")))
                    .settings(HttpModuleTest.LOOPBACK)
                    .run();
            assertTrue(cancelled.get());
            assertTrue(TimeUnit.NANOSECONDS.toSeconds(taken[0]) < 5, () -> "took " + taken[0] + " ns");
            eventually("no thread is left behind", () -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("http-watch")));
        }
    }

    private static TaskContext stoppable(TaskContext task, AtomicBoolean cancelled) {
        return (TaskContext) Proxy.newProxyInstance(
                TaskContext.class.getClassLoader(), new Class<?>[] {TaskContext.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("isCancelled")) {
                        return cancelled.get();
                    }
                    if (method.getName().equals("throwIfCancelled") && cancelled.get()) {
                        throw new TaskCancelledException("The job was stopped.");
                    }
                    try {
                        return method.invoke(task, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    @Test
    void answersThatAreNoHttpFailInASentence() throws Exception {
        for (String answer : new String[] {
            "",
            "hello\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 1\r\n\r\nx",
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd",
            "HTTP/1.1 200 OK\r\n" + "X-A: b\r\n".repeat(1_000) + "\r\n",
            "HTTP/1.1 200 OK\r\nX-A: " + "b".repeat(100_000) + "\r\n\r\n"
        }) {
            try (ServerSocket door = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
                Thread server = new Thread(() -> serve(door, answer));
                server.start();
                HarnessRun run = HttpModuleTest.job(
                                Map.of("url", "http://127.0.0.1:" + door.getLocalPort() + "/", "retries", ONCE))
                        .run();
                assertEquals(HarnessRun.Outcome.RUN_FAILED, run.outcome(), answer);
                assertTrue(HttpModuleTest.failure(run).startsWith("The "), HttpModuleTest.failure(run));
                server.join();
            }
        }
    }

    private static void serve(ServerSocket door, String answer) {
        try (Socket socket = door.accept()) {
            socket.getInputStream().read(new byte[8_192]);
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException closed) {
            // the client has read enough
        }
    }
}
