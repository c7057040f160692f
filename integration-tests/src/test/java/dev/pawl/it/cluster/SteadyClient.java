package dev.pawl.it.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.it.server.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Starts jobs one after the other, at whichever server answers: a request that had no answer is sent again with its key, to another one. So each
 * request is one job, whatever happens to servers.
 */
public final class SteadyClient extends Thread {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Jobs come slower than three servers run them, so that none waits for long when faults are over. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final IntFunction<Map<String, ?>> request;
    private final Function<Integer, Server> servers;
    private final Function<Server, Path> data;
    private final Map<String, Integer> accepted = new ConcurrentHashMap<>();
    private final Consumer<String> observer;
    private volatile boolean ended;
    private int at;

    /**
     * @param request the body of the request for a job of so many steps
     * @param servers some server for any number
     * @param data the data folder of a server, which has its token
     */
    public SteadyClient(
            IntFunction<Map<String, ?>> request, Function<Integer, Server> servers, Function<Server, Path> data) {
        this(request, servers, data, id -> {});
    }

    /** @param observer learns the id of each accepted job */
    public SteadyClient(
            IntFunction<Map<String, ?>> request,
            Function<Integer, Server> servers,
            Function<Server, Path> data,
            Consumer<String> observer) {
        super("client");
        this.request = request;
        this.servers = servers;
        this.data = data;
        this.observer = observer;
    }

    /** The steps of each accepted job, by its id. */
    public Map<String, Integer> accepted() {
        return accepted;
    }

    /** Starts no more; the request under way is finished. */
    public void end() throws InterruptedException {
        ended = true;
        join();
    }

    @Override
    public void run() {
        for (int n = 0; !ended; n++) {
            int steps = 5 + n % 60;
            String key = UUID.randomUUID().toString();
            Optional<String> id = Optional.empty();
            while (id.isEmpty()) {
                id = attempt(servers.apply(at), key, steps);
                if (id.isEmpty()) {
                    at++;
                }
            }
            if (accepted.put(id.get(), steps) != null) {
                throw new AssertionError("Two requests have the job " + id.get());
            }
            observer.accept(id.get());
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private Optional<String> attempt(Server server, String key, int steps) {
        try {
            URI url = server.url().resolve("/jobs");
            String token =
                    Files.readString(data.apply(server).resolve("admin.token")).strip();
            HttpRequest request = HttpRequest.newBuilder(url)
                    .timeout(Duration.ofSeconds(20))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", key)
                    .POST(BodyPublishers.ofString(JSON.writeValueAsString(this.request.apply(steps))))
                    .build();
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            JsonNode body = JSON.readTree(answer.body());
            return answer.statusCode() == 200 ? Optional.of(body.get("id").asText()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // the server is gone, or is cut off from its database
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
