package dev.pawl.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.ServerAddress.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Sends requests to one server. Every method blocks until the answer has arrived. Safe for use by several threads. */
public final class Api {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

    /** The read timeout: stops and updates wait for running jobs for as long as the server's limits allow. */
    private static final Duration CHANGE_TIMEOUT = Duration.ofHours(3);

    private volatile ServerAddress address;
    private final Duration readTimeout;
    private final HttpClient http;

    public Api(ServerAddress address) {
        this(address, CONNECT_TIMEOUT, READ_TIMEOUT);
    }

    /** @param patience the longest wait for a connection, and again for an answer */
    public Api(ServerAddress address, Duration patience) {
        this(address, patience, patience);
    }

    private Api(ServerAddress address, Duration connectTimeout, Duration readTimeout) {
        this.address = address;
        this.readTimeout = readTimeout;
        this.http = client(address, connectTimeout);
    }

    private static HttpClient client(ServerAddress address, Duration connectTimeout) {
        HttpClient.Builder client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(connectTimeout);
        ServerTrust.of(address).ifPresent(client::sslContext);
        return client.build();
    }

    public ServerAddress address() {
        return address;
    }

    /** An escaped path segment, such as a job's id. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public Answer get(String path) throws NoServerException, ProblemAnswerException {
        return send(request(path).GET().timeout(readTimeout));
    }

    /** A body that is not JSON, such as lines. */
    public String text(String path) throws NoServerException, ProblemAnswerException {
        HttpResponse<String> response =
                exchange(request(path).GET().timeout(READ_TIMEOUT).build());
        return response.statusCode() == 200
                ? response.body()
                : judged(response.statusCode(), response.body()).text();
    }

    /**
     * Opens a file; the caller closes it.
     *
     * @param from the first byte that is needed
     * @param tag the version of the bytes before that; another version comes from its beginning
     */
    public FileStream file(String path, long from, String tag) throws NoServerException, ProblemAnswerException {
        HttpRequest.Builder asked = request(path).setHeader("Accept", "*/*").timeout(readTimeout);
        if (from > 0) {
            asked.header("Range", "bytes=" + from + "-").header("If-Range", "\"" + tag + "\"");
        }
        HttpResponse<InputStream> response = exchange(asked.build(), BodyHandlers.ofInputStream());
        if (response.statusCode() == 200 || response.statusCode() == 206) {
            return new FileStream(response.body(), response.statusCode() == 206);
        }
        try (InputStream body = response.body()) {
            judged(response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw broken(e);
        }
        throw new NoServerException("The server at " + address.url() + " answered a file with no file.", null);
    }

    /** Posts JSON. */
    public Answer post(String path, JsonNode body) throws NoServerException, ProblemAnswerException {
        return sendJson("POST", path, body);
    }

    /** Posts nothing. */
    public Answer post(String path) throws NoServerException, ProblemAnswerException {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    /** Posts a jar. */
    public Answer upload(String path, Path jar) throws NoServerException, ProblemAnswerException, IOException {
        BodyPublisher body = BodyPublishers.ofFile(jar);
        return send(
                request(path).header("Content-Type", "application/java-archive").POST(body));
    }

    public Answer put(String path, JsonNode body) throws NoServerException, ProblemAnswerException {
        return sendJson("PUT", path, body);
    }

    public Answer patch(String path, JsonNode body) throws NoServerException, ProblemAnswerException {
        return sendJson("PATCH", path, body);
    }

    public Answer delete(String path) throws NoServerException, ProblemAnswerException {
        return send(request(path).DELETE());
    }

    /** Follows the log of a job after the entry with the number {@code after}. */
    public LogStream log(String job, long after) throws NoServerException, ProblemAnswerException {
        identify();
        return LogStream.open(http, address, "/jobs/" + segment(job) + "/logs/stream?after=" + after);
    }

    /**
     * Opens a stream of server-sent events; the caller closes it.
     *
     * @param lastId the id after which it goes on; empty to begin
     */
    public EventStream events(String path, String lastId) throws NoServerException {
        HttpRequest.Builder asked =
                request(path).setHeader("Accept", "text/event-stream").timeout(readTimeout);
        if (!lastId.isEmpty()) {
            asked.header("Last-Event-ID", lastId);
        }
        return EventStream.open(http, address, asked.build());
    }

    private Answer sendJson(String method, String path, JsonNode body)
            throws NoServerException, ProblemAnswerException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body.toString())));
    }

    /**
     * Verifies that the server has the token of the data folder before the token is sent to it: another program may use the port of a
     * server that no longer runs.
     */
    private void identify() throws NoServerException {
        ServerAddress asked = address;
        String token = asked.token();
        if (token == null || !asked.guarded()) {
            return;
        }
        ServerProof proof = ServerProof.random();
        JsonNode answer;
        int status;
        try {
            HttpResponse<String> response =
                    exchange(HttpRequest.newBuilder(asked.resolve("/status/identity?challenge=" + proof.challenge()))
                            .header("Accept", "application/json")
                            .timeout(readTimeout)
                            .build());
            status = response.statusCode();
            answer = JsonTrees.parse(response.body());
        } catch (JsonProcessingException e) {
            throw stranger(asked, e);
        }
        if (status == 200 && proof.isGivenBy(JsonTrees.text(answer, "proof"), token, asked.url())) {
            address = asked.proven();
        } else if (status == 200 && JsonTrees.text(answer, "auth").equals("off")) {
            address = asked.open(); // it needs no token, so none is sent
        } else if (status == 503) {
            throw new NoServerException(
                    "The server at " + asked.url() + " is starting or stopping. Try again in a moment.", null);
        } else {
            throw stranger(asked, null);
        }
    }

    private static NoServerException stranger(ServerAddress address, @Nullable Throwable cause) {
        return new NoServerException(
                "The program at " + address.url() + " is not the server of " + address.dataDir() + ", so the "
                        + "token there was not sent to it. Start one with `pawl serve`, or name another with --server and"
                        + " PAWL_TOKEN.",
                cause);
    }

    private HttpRequest.Builder request(String path) throws NoServerException {
        identify();
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                .header("Accept", "application/json")
                .header("User-Agent", "pawl/cli")
                .timeout(CHANGE_TIMEOUT);
        if (address.token() != null) {
            request.header("Authorization", "Bearer " + address.token());
        }
        return request;
    }

    private Answer send(HttpRequest.Builder request) throws NoServerException, ProblemAnswerException {
        HttpResponse<String> response = exchange(request.build());
        return judged(response.statusCode(), response.body());
    }

    private HttpResponse<String> exchange(HttpRequest request) throws NoServerException {
        return exchange(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> body) throws NoServerException {
        try {
            return http.send(request, body);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw absent(address, e);
        } catch (SSLException e) {
            throw TlsFailure.of(address, e);
        } catch (HttpTimeoutException e) {
            throw new NoServerException(
                    "The server at " + address.url() + " did not answer within " + readTimeout.toSeconds()
                            + " s. Try again, or look at its log.",
                    e);
        } catch (IOException e) {
            throw broken(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoServerException("Interrupted while the server at " + address.url() + " was answering.", e);
        }
    }

    private NoServerException broken(IOException cause) {
        return new NoServerException(
                "The server at " + address.url() + " closed the connection unexpectedly; its log says why.", cause);
    }

    private Answer judged(int status, String body) throws NoServerException, ProblemAnswerException {
        JsonNode json;
        try {
            json = JsonTrees.parse(body);
        } catch (JsonProcessingException e) {
            throw new NoServerException(
                    "The program at " + address.url() + " (status " + status
                            + ") is not a Pawl server. Name the right one with --server, or start one with `pawl serve`.",
                    e);
        }
        if (status < 200 || status > 299) {
            throw problem(status, json);
        }
        return new Answer(body, json);
    }

    /** The problem in an answer, with a remedy that depends on this client. */
    static ProblemAnswerException problem(int status, JsonNode json) {
        String detail = JsonTrees.text(json, "detail");
        String remedy = status == 401
                ? "Set PAWL_TOKEN, log in with `pawl login URL`, or name the server's data folder with --data-dir: its"
                        + " admin.token gives access."
                : JsonTrees.text(json, "remedy");
        return new ProblemAnswerException(
                status,
                JsonTrees.text(json, "code"),
                detail.isEmpty() ? "The server answered with status " + status + "." : detail,
                remedy);
    }

    /** The error when nothing listens at the address. */
    static NoServerException absent(ServerAddress address, Throwable cause) {
        String stale = address.origin() == Origin.FILE
                ? " That address is in " + address.dataDir().resolve("server.url")
                        + ", left behind by a server that did not shut down cleanly."
                : "";
        return new NoServerException(
                "No server answers at " + address.url() + "." + stale + " Start one with `pawl serve`.", cause);
    }
}
