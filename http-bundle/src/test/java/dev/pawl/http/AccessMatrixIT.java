package dev.pawl.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.http.route.Reach;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.testkit.Eventually;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Every route with every method, as every role, with tokens in every state, against a server in this process. */
final class AccessMatrixIT {

    private static final List<Role> ROLES = List.of(Role.WORKER, Role.VIEWER, Role.OPERATOR, Role.ADMIN);
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    /** The calls that may wait for their answers, since those to wrong tokens come late. */
    private static final int AT_ONCE = 200;

    private static final Set<Integer> REFUSED = Set.of(401, 403, 429);

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    private static final Map<Role, String> good = new LinkedHashMap<>();
    private static final Map<Role, String> bound = new LinkedHashMap<>();
    private static final Map<String, String> ended = new LinkedHashMap<>();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A call of the matrix, and whether it may be answered as one. */
    private record Call(String method, Route route, String who, int status) {

        void mustBe(boolean answered) {
            assertEquals(
                    answered, !REFUSED.contains(status), method + " " + route.template() + " " + who + ": " + status);
        }

        void mustBe(int expected) {
            assertEquals(expected, status, method + " " + route.template() + " " + who);
        }
    }

    @BeforeAll
    static void makeTokens() throws Exception {
        for (Role role : ROLES) {
            String word = role.wireName();
            good.put(role, made(server, word, word, ""));
            bound.put(role, made(server, "bound-" + word, word, ", \"modules\": [\"other\"]"));
            Map<?, ?> revoked = server.makeToken(json("revoked", word, ""));
            ended.put("revoked " + word, (String) revoked.get("token"));
            server.send("DELETE", "/tokens/" + revoked.get("id"), "");
            ended.put("expired " + word, made(server, "brief", word, ", \"expires_in\": \"1s\""));
        }
        try (TestServer other = TestServer.start(data.resolve("other"))) {
            ended.put("of another server", made(other, "admin", "admin", ""));
            ended.put("the admin token of another server", other.token());
        }
        Eventually.eventually(
                "the brief tokens have expired",
                () -> server.send(server.request("/status", ended.get("expired admin")))
                                .statusCode()
                        != 200);
    }

    @Test
    void everyRouteTakesItsRoleAndNoLess() throws Exception {
        int count = 0;
        for (Route route : RoutesTest.all()) {
            for (Role role : ROLES) {
                boolean may = role.covers(route.role()) || (role == Role.WORKER && Reach.isReadByWorkers(route));
                Call call = call(route.method(), route, role.wireName(), good.get(role))
                        .get();
                if (may && (role != Role.WORKER || route.role() == Role.ANYONE)) {
                    call.mustBe(true);
                } else if (!may) {
                    call.mustBe(403);
                }
                count++;
            }
        }
        report("roles", count);
    }

    @Test
    void withoutATokenThatIsInForceNothingButTheOpenRoutesIsAnswered() throws Exception {
        List<CompletableFuture<Call>> calls = new ArrayList<>();
        int waited = 0;
        for (Route route : RoutesTest.all()) {
            for (String method : METHODS) {
                calls.add(call(method, route, "without a token", null));
                for (Map.Entry<String, String> token : ended.entrySet()) {
                    calls.add(call(method, route, token.getKey(), token.getValue()));
                }
            }
            if (calls.size() - waited >= AT_ONCE) {
                calls.subList(waited, calls.size()).forEach(CompletableFuture::join);
                waited = calls.size();
            }
        }
        int answered = 0;
        for (CompletableFuture<Call> made : calls) {
            Call call = made.join();
            if (call.status() == 405) {
                continue;
            }
            boolean open = open(call);
            call.mustBe(open);
            answered += open ? 1 : 0;
        }
        assertTrue(answered > 0, "the open routes were found");
        report("states", calls.size());
    }

    @Test
    void aTokenOfOtherModulesReachesNoOtherAndNothingOfTheServer() throws Exception {
        int count = 0;
        for (Route route : RoutesTest.all()) {
            for (Role role : List.of(Role.VIEWER, Role.OPERATOR, Role.ADMIN)) {
                Call call = call(route.method(), route, "bound " + role, bound.get(role))
                        .get();
                if (!role.covers(route.role())) {
                    call.mustBe(403);
                } else {
                    switch (Reach.of(route)) {
                        case FREE, SCHEDULE -> call.mustBe(true);
                        case JOB -> call.mustBe(404);
                        case MODULE, WORKER, SERVER -> call.mustBe(403);
                    }
                }
                count++;
            }
        }
        report("bounds", count);
    }

    @Test
    void aWorkersTokenReachesItsOwnWorkersAlone() throws Exception {
        int count = 0;
        Set<String> reached = new TreeSet<>();
        for (Route route : RoutesTest.all()) {
            for (String worker : List.of("worker", "worker-1", "workers", "another")) {
                String path = route.template().replaceAll("\\{\\w+}", worker);
                int status =
                        send(route.method(), path, good.get(Role.WORKER)).get().statusCode();
                if (!REFUSED.contains(status) && route.role() != Role.ANYONE) {
                    reached.add(route.method() + " " + path);
                }
                count++;
            }
        }
        assertEquals(
                Set.of(
                        "GET /jobs/another",
                        "GET /jobs/worker",
                        "GET /jobs/worker-1",
                        "GET /jobs/workers", // 404
                        "PATCH /jobs/another/completed",
                        "PATCH /jobs/worker/completed",
                        "PATCH /jobs/worker-1/completed",
                        "PATCH /jobs/workers/completed", // 404
                        "GET /queue",
                        "GET /tokens/self",
                        "GET /workers/worker",
                        "GET /workers/worker-1",
                        "POST /callbacks",
                        "POST /workers/worker",
                        "POST /workers/worker-1"),
                reached);
        report("workers", count);
    }

    /** HEAD is answered wherever GET is, for routes that only read. */
    private static boolean open(Call call) {
        String method = call.method().equals("HEAD") ? "GET" : call.method();
        return RoutesTest.all().stream()
                .anyMatch(other -> other.role() == Role.ANYONE
                        && other.template().equals(call.route().template())
                        && other.method().equals(method));
    }

    private CompletableFuture<Call> call(String method, Route route, String who, String token) {
        return send(method, route.template().replaceAll("\\{\\w+}", "unknown1"), token)
                .thenApply(answer -> new Call(method, route, who, answer.statusCode()));
    }

    private CompletableFuture<HttpResponse<String>> send(String method, String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.url().resolve(path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.sendAsync(request.method(method, BodyPublishers.noBody()).build(), AnswerBody::of);
    }

    private static String made(TestServer at, String name, String role, String more) throws Exception {
        return (String) at.makeToken(json(name, role, more)).get("token");
    }

    private static String json(String name, String role, String more) {
        return String.format(Locale.ROOT, "{\"name\": \"%s\", \"role\": \"%s\"%s}", name, role, more);
    }

    private static void report(String part, int count) {
        assertTrue(count > 100, part + ": " + count + " calls");
    }
}
