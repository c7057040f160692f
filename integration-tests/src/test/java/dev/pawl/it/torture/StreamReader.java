package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.it.server.Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * Reads a stream of events of one server. Now and then it hangs up, and whenever its connection ends, it connects again with the id of its last
 * event, to whatever process the server is by then.
 */
final class StreamReader extends Thread {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int AGAIN_MS = 300;
    private static final int NO_CONTENT = 204;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Supplier<Server> server;
    private final Path data;
    private final String path;
    private final int longestMs;
    private final BiPredicate<String, JsonNode> taker;
    private final Random random;
    private String lastId = "";
    private volatile InputStream open;
    private volatile boolean closed;

    /**
     * Begins to read.
     *
     * @param data the data folder of the server, which has its token
     * @param longestMs the longest time until it hangs up
     * @param taker takes events, each with its name and data; false ends the reader
     */
    StreamReader(Supplier<Server> server, Path data, String path, int longestMs, BiPredicate<String, JsonNode> taker) {
        super("torture-reader");
        this.server = server;
        this.data = data;
        this.path = path;
        this.longestMs = longestMs;
        this.taker = taker;
        this.random = new Random(path.hashCode());
        setDaemon(true);
        start();
    }

    @Override
    public void run() {
        while (!closed) {
            try {
                if (!read()) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(random.nextInt(AGAIN_MS));
            } catch (IOException serverIsGone) {
                try {
                    TimeUnit.MILLISECONDS.sleep(AGAIN_MS);
                } catch (InterruptedException e) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Reads until the connection ends; false when there is nothing more to come. */
    private boolean read() throws IOException, InterruptedException {
        String token = Files.readString(data.resolve("admin.token")).strip();
        HttpRequest.Builder request = HttpRequest.newBuilder(server.get().url().resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream");
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
        long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1 + random.nextInt(longestMs));
        try (InputStream body = answer.body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            open = body;
            if (answer.statusCode() != 200) {
                return answer.statusCode() != NO_CONTENT;
            }
            return read(lines, untilNs);
        }
    }

    private boolean read(BufferedReader lines, long untilNs) throws IOException {
        String name = "";
        String json = "";
        String id = lastId;
        for (String line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
            if (line.isEmpty()) {
                lastId = id; // an event that was cut short is read again
                if (!json.isEmpty() && !taker.test(name, JSON.readTree(json))) {
                    return false;
                }
                name = "";
                json = "";
                if (System.nanoTime() - untilNs >= 0) {
                    return true;
                }
            } else if (line.startsWith("event: ")) {
                name = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                json += line.substring("data: ".length());
            } else if (line.startsWith("id: ")) {
                id = line.substring("id: ".length());
            }
        }
        return true;
    }

    /** Ends the reader. */
    void close() throws InterruptedException, IOException {
        closed = true;
        InputStream reading = open;
        if (reading != null) {
            reading.close();
        }
        interrupt();
        join(TimeUnit.SECONDS.toMillis(20));
    }
}
