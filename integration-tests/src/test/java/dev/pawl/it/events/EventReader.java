package dev.pawl.it.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.testkit.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads a stream of server-sent events as the HTML standard says, on a thread of its own. */
final class EventReader implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpResponse<InputStream> answer;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile String lastId = "";
    private volatile boolean ended;

    /** An event. */
    record Event(String name, JsonNode data, String id) {

        boolean is(String wanted, String field, String value) {
            return name.equals(wanted) && data.path(field).asText().equals(value);
        }
    }

    private EventReader(HttpResponse<InputStream> answer) {
        this.answer = answer;
        Thread reader = new Thread(this::read, "event-reader");
        reader.setDaemon(true);
        reader.start();
    }

    /** Opens a stream, and returns once its first lines have come. */
    static EventReader open(HttpClient http, URI address, String token, @Nullable String lastId)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream");
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
        EventReader reader = new EventReader(answer);
        if (answer.statusCode() == 200) {
            Eventually.eventually("the stream has begun", () -> !reader.lastId().isEmpty());
        }
        return reader;
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            String name = "";
            StringBuilder data = new StringBuilder();
            String id = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    lastId = id;
                    if (!data.isEmpty()) {
                        events.add(new Event(name, JSON.readTree(data.toString()), id));
                    }
                    name = "";
                    data.setLength(0);
                } else if (line.startsWith("event: ")) {
                    name = line.substring("event: ".length());
                } else if (line.startsWith("data: ")) {
                    data.append(line.substring("data: ".length()));
                } else if (line.startsWith("id: ")) {
                    id = line.substring("id: ".length());
                }
            }
        } catch (IOException e) {
            Thread.currentThread().interrupt(); // the connection was cut, by the test or by the server
        }
        ended = true;
    }

    HttpResponse<InputStream> answer() {
        return answer;
    }

    /** The events so far. */
    List<Event> events() {
        return List.copyOf(events);
    }

    /** The names of the events so far. */
    List<String> names() {
        return events.stream().map(Event::name).toList();
    }

    String lastId() {
        return lastId;
    }

    /** Waits for an event. */
    Event await(String what, Predicate<Event> wanted) {
        return Eventually.eventuallyFind(
                what, () -> events.stream().filter(wanted).findFirst());
    }

    void awaitEnd() {
        Eventually.eventually("the stream has ended", () -> ended);
    }

    @Override
    public void close() throws IOException {
        answer.body().close();
    }
}
