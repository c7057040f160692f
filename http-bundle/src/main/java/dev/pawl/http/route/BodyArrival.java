package dev.pawl.http.route;

import dev.pawl.api.problem.ProblemException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A JSON body on its way. What has come already is taken at once; for the rest no thread waits, so that many clients that stop
 * half way hold up nobody else. It holds as much memory as has come.
 */
final class BodyArrival implements ReadListener {

    private static final int CHUNK = 16 << 10;

    private final ServletInputStream in;
    private final long announced;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(512);
    private final byte[] chunk = new byte[CHUNK];
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();

    private BodyArrival(ServletInputStream in, long announced) {
        this.in = in;
        this.announced = announced;
    }

    /**
     * The whole body; complete already when all of it was there. The request is asynchronous otherwise.
     *
     * @throws ProblemException also through the future, when it is too large
     */
    static CompletableFuture<byte[]> of(HttpServletRequest request) throws IOException {
        long announced = request.getContentLengthLong();
        BodyReader.checkSize(announced, BodyReader.LARGEST_JSON);
        var arrival = new BodyArrival(request.getInputStream(), announced);
        if (arrival.hasCome()) {
            return CompletableFuture.completedFuture(arrival.body.toByteArray());
        }
        request.startAsync().setTimeout(0); // the future ends in time
        arrival.in.setReadListener(arrival);
        return arrival.whole.orTimeout(BodyReader.SLOWEST_JSON.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void onDataAvailable() throws IOException {
        while (in.isReady() && !in.isFinished()) {
            take();
        }
    }

    @Override
    public void onAllDataRead() {
        if (body.size() < announced) {
            whole.completeExceptionally(
                    new EOFException("The body ended after " + body.size() + " of " + announced + " bytes."));
        } else {
            whole.complete(body.toByteArray());
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    private boolean hasCome() throws IOException {
        while (body.size() != announced && !in.isFinished()) {
            if (in.available() == 0) {
                return false; // a read would wait
            }
            take();
        }
        return body.size() >= announced;
    }

    private void take() throws IOException {
        int read = in.read(chunk);
        if (read > 0) {
            BodyReader.checkSize((long) body.size() + read, BodyReader.LARGEST_JSON);
            body.write(chunk, 0, read);
        }
    }
}
