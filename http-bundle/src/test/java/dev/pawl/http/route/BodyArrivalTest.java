package dev.pawl.http.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Test;

final class BodyArrivalTest {

    private static final BodyLimit LIMIT = new BodyLimit(100, Duration.ofMinutes(1));

    private final Queue<Content.Chunk> chunks = new ArrayDeque<>();
    private final ByteArrayOutputStream come = new ByteArrayOutputStream();
    private long announced = -1;

    @Test
    void aBodyOfTheLargestSizeComesWhole() {
        chunk(60, false);
        chunk(40, true);
        assertTrue(arrival().isDone());
        assertEquals(100, come.size());
    }

    @Test
    void ofAStreamThatGoesOnAndOnNoMoreThanTheLimitIsTaken() {
        for (int i = 0; i < 50; i++) {
            chunk(30, false);
        }
        assertEquals(ProblemCode.TOO_LARGE, ((ProblemException) failure(arrival())).code());
        assertEquals(90, come.size());
        assertEquals(46, chunks.size(), "the rest of the body is not read");
    }

    @Test
    void anAnnouncedSizeIsCheckedBeforeAnythingIsRead() {
        announced = 101;
        chunk(1, true);
        assertEquals(ProblemCode.TOO_LARGE, ((ProblemException) failure(arrival())).code());
        assertEquals(1, chunks.size());
    }

    @Test
    void aBodyThatIsCutShortFails() {
        chunk(10, false);
        chunks.add(Content.Chunk.from(new EOFException("gone"), true));
        assertEquals("gone", failure(arrival()).getMessage());
    }

    @Test
    void aPlaceThatTakesNoMoreEndsTheArrival() {
        chunk(10, false);
        CompletableFuture<Void> arrival = BodyArrival.of(request(), LIMIT, piece -> {
            throw new IOException("full");
        });
        assertEquals("full", failure(arrival).getMessage());
    }

    private void chunk(int size, boolean last) {
        chunks.add(Content.Chunk.from(ByteBuffer.allocate(size), last));
    }

    private CompletableFuture<Void> arrival() {
        return BodyArrival.of(request(), LIMIT, piece -> {
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            come.writeBytes(bytes);
        });
    }

    private static Throwable failure(CompletableFuture<Void> arrival) {
        return arrival.handle((done, failure) -> failure).join();
    }

    private Request request() {
        return (Request) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Request.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "getLength" -> announced;
                        case "read" -> chunks.poll();
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }
}
