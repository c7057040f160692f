package dev.pawl.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server that gives prepared answers over real HTTP and WebSocket, and records its requests. Registered as an extension, it is closed
 * after the test.
 */
public final class FakeServer implements AutoCloseable, AfterEachCallback {
    private static final String WEB_SOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, section 1.3
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int DROPPED = 0;
    private static final int MISSING = 404;

    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Deque<Prepared>> answers = new ConcurrentHashMap<>();
    private final Map<String, Deque<Stream>> streams = new ConcurrentHashMap<>();
    private volatile String token = "";
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** A received request; {@code target} is the path with its query, header names are in lower case. */
    public record Request(String method, String target, Map<String, String> headers, String body) {
        public String path() {
            return target.replaceFirst("\\?.*", "");
        }
    }

    private record Prepared(int status, String body) {}

    private record Stream(List<String> frames, int closeCode) {}

    public FakeServer() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
        answer("GET /status", 200, "{\"status\":\"running\",\"uptime\":\"2h 15m\"}");
    }

    /** Answers challenges as a server with this token does. */
    FakeServer having(String token) {
        this.token = token;
        return this;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** Prepares the answer to a request such as {@code GET /jobs}, and replaces the answers prepared before. */
    public FakeServer answer(String methodAndPath, int status, String body) {
        answers.put(methodAndPath, new ArrayDeque<>(List.of(new Prepared(status, body))));
        return this;
    }

    /** Prepares a further answer; the last one is repeated. */
    public FakeServer thenAnswer(String methodAndPath, int status, String body) {
        Deque<Prepared> queue = answers.get(methodAndPath);
        synchronized (queue) {
            queue.add(new Prepared(status, body));
        }
        return this;
    }

    /** Prepares a job's log stream: its frames, then a normal close. */
    public FakeServer stream(String job, String... frames) {
        return stream(job, 1000, frames);
    }

    /** Prepares a job's log stream that ends with a close code. */
    public FakeServer stream(String job, int closeCode, String... frames) {
        streams.computeIfAbsent("/jobs/" + job + "/logs/stream", key -> new ArrayDeque<>())
                .add(new Stream(List.of(frames), closeCode));
        return this;
    }

    /** Prepares a job's log stream whose connection breaks. */
    public FakeServer brokenStream(String job, String... frames) {
        return stream(job, DROPPED, frames);
    }

    /** Prepares a job's log stream that is missing, as while a server starts. */
    public FakeServer missingStream(String job) {
        return stream(job, MISSING);
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The last request to a path. */
    public Request last(String method, String path) {
        return requests.stream()
                .filter(request ->
                        request.method().equals(method) && request.path().equals(path))
                .reduce((one, other) -> other)
                .orElseThrow(() -> new AssertionError("Nobody asked " + method + " " + path + " but " + requests));
    }

    @Override
    public void afterEach(ExtensionContext test) throws IOException {
        close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            String[] start = line(in).split(" ", -1);
            Map<String, String> headers = new ConcurrentHashMap<>();
            for (String header = line(in); !header.isEmpty(); header = line(in)) {
                String[] parts = header.split(":", 2);
                headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
            }
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            Request request = new Request(start[0], start[1], headers, body);
            requests.add(request);
            if (headers.containsKey("sec-websocket-key")) {
                stream(request, connection.getOutputStream(), in);
            } else {
                answer(request, connection.getOutputStream());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void answer(Request request, OutputStream out) throws IOException {
        Prepared prepared = request.path().equals("/status/identity") && !token.isEmpty()
                ? proof(request)
                : next(answers, request.method() + " " + request.path());
        if (prepared == null) {
            prepared = new Prepared(404, "{\"code\":\"PAWL-301\",\"detail\":\"No route " + request.path() + ".\"}");
        }
        byte[] body = prepared.body().getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + prepared.status() + " Prepared\r\nContent-Type: application/json\r\n"
                + (prepared.status() == 204 ? "" : "Content-Length: " + body.length + "\r\n")
                + "Connection: close\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    private Prepared proof(Request request) {
        String challenge = request.target().replaceFirst(".*challenge=", "");
        String text = "pawl server identity\n" + request.headers().get("host") + "\n" + challenge;
        try {
            byte[] key = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            String proof = HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
            return new Prepared(200, "{\"auth\":\"token\",\"proof\":\"" + proof + "\"}");
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private void stream(Request request, OutputStream out, InputStream in) throws IOException {
        Stream stream = next(streams, request.path());
        if (stream == null || stream.closeCode() == MISSING) {
            out.write("HTTP/1.1 404 None\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            return;
        }
        String accept =
                Base64.getEncoder().encodeToString(sha1(request.headers().get("sec-websocket-key") + WEB_SOCKET_GUID));
        out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + accept + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        for (String frame : stream.frames()) {
            frame(out, TEXT, frame.getBytes(StandardCharsets.UTF_8));
        }
        if (stream.closeCode() != DROPPED) {
            frame(out, CLOSE, new byte[] {(byte) (stream.closeCode() >> 8), (byte) stream.closeCode()});
            in.transferTo(OutputStream.nullOutputStream()); // until the client has closed too
        }
    }

    private static void frame(OutputStream out, int kind, byte[] payload) throws IOException {
        out.write(kind);
        if (payload.length < 126) {
            out.write(payload.length);
        } else {
            out.write(126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        }
        out.write(payload);
        out.flush();
    }

    private static <T> T next(Map<String, Deque<T>> prepared, String key) {
        Deque<T> queue = prepared.get(key);
        if (queue == null) {
            return null;
        }
        synchronized (queue) {
            return queue.size() > 1 ? queue.poll() : queue.peek();
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static byte[] sha1(String text) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
