package dev.pawl.http;

import dev.pawl.base.future.FutureFailure;
import dev.pawl.http.answer.ProblemJson;
import dev.pawl.http.audit.RequestAudit;
import dev.pawl.http.auth.SlowedException;
import dev.pawl.http.json.JsonText;
import dev.pawl.http.memory.Share;
import dev.pawl.http.memory.SharedOutput;
import dev.pawl.http.negotiation.GzipText;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Wire;
import dev.pawl.http.server.SlowReaders;
import dev.pawl.http.server.UnreadBody;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the answer or problem of one request to the client, at once or when a future completes. The client's share of the memory budget
 * is returned when the answer has been read, or can no longer be.
 */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    static final String RETRY_AFTER_S = "1";
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** Encoded once: each answer copies their bytes. */
    private static final List<HttpField> FOR_BROWSERS = List.of(
            new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"),
            new PreEncodedHttpField("Content-Security-Policy", POLICY),
            new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
            new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
            new PreEncodedHttpField("X-Frame-Options", "DENY"));

    private final Wire wire;
    private final String id;
    private final Share share;
    private volatile RequestAudit audit = RequestAudit.NONE;
    private final SlowReaders readers;
    private final LateRefusals late;
    private final Executor threads;
    private final LongSupplier parts;
    private final long partsBefore;

    /**
     * Creates the delivery for a request that has no answer yet.
     *
     * @param late refuses those that try one wrong token after another
     * @param threads the threads that render answers of futures
     * @param parts counts how often services of the server were registered or unregistered
     */
    Exchange(Wire wire, Share share, SlowReaders readers, LateRefusals late, Executor threads, LongSupplier parts) {
        this.wire = wire;
        this.id = RequestId.of(wire.request().getHeaders());
        this.share = share;
        this.readers = readers;
        this.late = late;
        this.threads = threads;
        this.parts = parts;
        this.partsBefore = parts.getAsLong();
        prepare(wire.response().getHeaders(), id);
    }

    /** Sets the headers that every answer has: the request's id, and those that guard browsers. */
    static void prepare(HttpFields.Mutable headers, String id) {
        FOR_BROWSERS.forEach(headers::put);
        headers.put(RequestId.HEADER, id);
    }

    /** The id of the request. */
    String id() {
        return id;
    }

    /** Sets the audit that learns how the request ends. */
    void audit(RequestAudit begun) {
        audit = begun;
    }

    Share share() {
        return share;
    }

    /** Sends an answer; when this throws, nothing has been sent. */
    void send(Answer answer) throws IOException {
        if (!(answer instanceof Answer.Later) && audit.isOwed()) {
            sendLater(audit.settle().thenApply(recorded -> answer).toCompletableFuture());
        } else if (answer instanceof Answer.JsonBody json) {
            var text = new SharedOutput(share);
            JsonText.write(json.body(), text);
            wire.response().setStatus(json.status());
            json.headers().forEach(wire.response().getHeaders()::put);
            writeText(Answer.JSON, text.size(), text.pieces());
        } else if (answer instanceof Answer.Text text) {
            ByteBuffer bytes = text.utf8().duplicate();
            wire.response().setStatus(200);
            text.headers().forEach(wire.response().getHeaders()::put);
            writeText(text.type(), bytes.remaining(), List.of(bytes));
        } else if (answer instanceof Answer.FilePart part) {
            sendFile(part);
        } else if (answer instanceof Answer.Empty empty) {
            wire.response().setStatus(empty.status());
            empty.headers().forEach(wire.response().getHeaders()::put);
            wire.response().write(true, BufferUtil.EMPTY_BUFFER, Callback.from(end(), this::fail));
        } else if (answer instanceof Answer.Later later) {
            sendLater(later.answer().toCompletableFuture());
        } else if (answer instanceof Answer.Stream stream) {
            sendStream(stream);
        } else if (answer instanceof Answer.Upgraded) {
            share.close();
        }
    }

    private void sendFile(Answer.FilePart part) throws IOException {
        boolean head = wire.request().getMethod().equals("HEAD");
        try {
            share.grow(head ? 0 : SlowReaders.FILE_MEMORY);
        } catch (ProblemException full) {
            part.file().close();
            throw full;
        }
        wire.response().setStatus(part.status());
        HttpFields.Mutable headers = wire.response().getHeaders();
        part.headers().forEach(headers::put);
        headers.put(HttpHeader.CONTENT_TYPE, part.type());
        headers.put(HttpHeader.CONTENT_LENGTH, part.length());
        Callback done = Callback.from(Callback.from(end(), this::fail), () -> close(part.file()));
        if (head) {
            wire.response().write(true, BufferUtil.EMPTY_BUFFER, done);
        } else {
            readers.send(wire.request(), wire.response(), part.file(), part.from(), part.length(), threads, done);
        }
    }

    /** Sends a stream as it comes: not compressed, and not collected by a proxy. */
    private void sendStream(Answer.Stream stream) {
        boolean head = wire.request().getMethod().equals("HEAD");
        Callback done = Callback.from(end(), this::fail);
        Runnable begin = head
                ? () -> wire.response().write(true, BufferUtil.EMPTY_BUFFER, done)
                : stream.opening().open(wire.request(), wire.response(), done);
        wire.response().setStatus(200);
        HttpFields.Mutable headers = wire.response().getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, Answer.Stream.TYPE);
        headers.put("X-Accel-Buffering", "no");
        wire.request().addIdleTimeoutListener(timeout -> false); // the stream itself looks after its client
        begin.run();
    }

    private static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("A file that was sent cannot be closed", e);
        }
    }

    private void sendLater(CompletableFuture<Answer> future) {
        if (future.isDone()) {
            var unused = future.whenComplete(this::sendOrRefuse);
            return;
        }
        // a connection on which nothing moves meanwhile is not idle
        wire.request().addIdleTimeoutListener(timeout -> false);
        var unused = future.whenComplete((answer, failure) -> {
            try { // on a thread of our own: the one that completes futures must not be blocked
                threads.execute(() -> sendOrRefuse(answer, failure));
            } catch (RejectedExecutionException e) {
                LOG.debug("An answer was ready only after the server had stopped", e);
            }
        });
    }

    private void sendOrRefuse(@Nullable Answer answer, @Nullable Throwable failure) {
        try {
            if (answer == null || failure != null) {
                refuse(failure == null ? new IllegalStateException("A future held nothing.") : failure);
            } else {
                send(answer);
            }
        } catch (IOException | RuntimeException | Error e) {
            refuse(e);
        }
    }

    /** Answers with a problem. The request may not have been read to its end. */
    void refuse(Throwable failure) {
        if (FutureFailure.cause(failure) instanceof SlowedException slowed) {
            late.refuse(this, wire.request(), slowed);
            return;
        }
        var told = RequestFailure.of(failure, wire.request(), id, parts.getAsLong() != partsBefore);
        audit.refused(told.code(), told.detail());
        problem(told.code(), told.status(), told.detail());
    }

    private void problem(ProblemCode code, int status, String detail) {
        if (wire.response().isCommitted()) {
            fail(new IOException("The answer was cut short.")); // the client sees it
            return;
        }
        if (status == 503 && PollingClients.isUnnamedPoll(wire.request())) {
            problem(
                    ProblemCode.NOTHING_QUEUED,
                    ProblemCode.NOTHING_QUEUED.status(),
                    "No job is available now: " + detail);
            return;
        }
        HttpFields.Mutable headers = wire.response().getHeaders();
        if (status == 401) {
            headers.put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
        } else if (status == 503 || code == ProblemCode.REQUEST_UNDER_WAY || code == ProblemCode.WRONG_TOKENS) {
            headers.put(HttpHeader.RETRY_AFTER, RETRY_AFTER_S);
        }
        wire.response().setStatus(status);
        boolean queueDisabled = PollingClients.isQueue(wire.request()) && status >= 500;
        byte[] body = JsonText.text(json -> ProblemJson.write(json, code, status, detail, queueDisabled))
                .getBytes(StandardCharsets.UTF_8);
        write(
                ProblemJson.TYPE,
                body.length,
                List.of(ByteBuffer.wrap(body)),
                status == ProblemCode.TOO_SLOW.status() ? tooSlow(detail) : end());
    }

    private Runnable tooSlow(String detail) {
        wire.response().getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        return () -> fail(new TimeoutException(detail));
    }

    /**
     * Creates the callback that ends the request once its answer has been sent. Adds a header to the answer when the connection ends with
     * it.
     */
    private Runnable end() {
        if (UnreadBody.hasComeWhole(wire.request())) {
            return this::finish;
        }
        wire.response().getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        return () -> UnreadBody.drop(wire.request(), this::finish);
    }

    private void writeText(String type, long length, List<ByteBuffer> text) throws IOException {
        List<ByteBuffer> pieces = GzipText.of(
                text, length, wire.request().getHeaders(), wire.response().getHeaders(), share);
        write(type, pieces == text ? length : BufferUtil.remaining(pieces.toArray(new ByteBuffer[0])), pieces, end());
    }

    private void write(String type, long length, List<ByteBuffer> pieces, Runnable done) {
        wire.response().getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        wire.response().getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
        readers.send(wire.request(), wire.response(), pieces, Callback.from(done, this::fail));
    }

    private void finish() {
        share.close();
        wire.callback().succeeded();
    }

    private void fail(Throwable cause) {
        LOG.debug("A client disconnected before it had the answer of request {}", id, cause);
        share.close();
        wire.callback().failed(cause);
    }
}
