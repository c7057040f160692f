package dev.pawl.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.http.fake.SoundStore;
import dev.pawl.service.fetch.Fetched;
import dev.pawl.service.fetch.ProxyFetch;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobResult;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Phase;
import dev.pawl.service.metric.MetricsPage;
import dev.pawl.service.shell.CommandShell;
import dev.pawl.service.shell.ShellAnswer;
import dev.pawl.service.shell.ShellWord;
import dev.pawl.service.store.StoreUpkeep;
import dev.pawl.testkit.fake.Jobs;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Valid requests to every route of the OpenAPI description; {@link TestServer} checks each answer against the described shape. */
final class EveryAnswerIT {

    private static final String HEARTBEAT =
            "{\"status\": \"in_progress\", \"hostname\": \"h\", \"task\": \"hello\", \"progress\": 5, \"info\": [1]}";

    private static final Map<String, String> QUERIES = Map.of(
            "GET /status/identity", "?challenge=0123456789abcdef",
            "POST /store/purge", "?older_than=1d");

    private static final Map<String, String> BODIES = Map.of(
            "POST /jobs", "{\"module_id\": \"hello\"}",
            "POST /queue", "{\"tasks\": [{\"module\": \"hello\"}]}",
            "PATCH /queue", "{\"disabled\": false}",
            "PATCH /workers/{id}", "{\"disabled\": false}",
            "PATCH /jobs/{id}/completed", "{\"failed\": false}",
            "POST /workers/{id}", HEARTBEAT,
            "POST /modules/install", "{\"source_path\": \"/somewhere/x.jar\"}",
            "POST /tokens",
                    "{\"name\": \"ci\", \"role\": \"viewer\", \"expires_in\": \"1d\", \"modules\": [\"hello\"]}",
            "POST /proxy-fetch", "{\"url\": \"https://example.com/\"}");

    @TempDir
    static Path folder;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> folder);

    @BeforeAll
    static void letTheStoreBeThere() {
        server.register(StoreUpkeep.class, new SoundStore());
        server.register(InstantSource.class, InstantSource.fixed(Jobs.CREATED));
        server.register(MetricsPage.class, accept -> new MetricsPage.Page("text/plain", "pawl_up 1\n"));
        server.register(CommandShell.class, new CommandShell() {
            @Override
            public ShellAnswer run(String line) {
                return new ShellAnswer("No jobs.", false);
            }

            @Override
            public List<ShellWord> complete(String line) {
                return List.of(new ShellWord("job:list", "lists jobs"));
            }
        });
        server.register(
                ProxyFetch.class,
                request -> CompletableFuture.completedFuture(
                        new Fetched(true, "content", 200, Map.of("content-type", "text/plain"), null)));
    }

    @Test
    void everyRouteAnswersAsItDeclares() throws Exception {
        int asked = 0;
        for (Map.Entry<?, ?> path : ((Map<?, ?>) description().get("paths")).entrySet()) {
            for (Map.Entry<?, ?> operation : ((Map<?, ?>) path.getValue()).entrySet()) {
                Map<?, ?> declared = (Map<?, ?>) operation.getValue();
                if (!Boolean.TRUE.equals(declared.get("x-pawl-websocket"))) {
                    String method = String.valueOf(operation.getKey()).toUpperCase(Locale.ROOT);
                    ask(method, String.valueOf(path.getKey()), (Map<?, ?>) declared.get("responses"));
                    asked++;
                }
            }
        }
        assertTrue(asked > 45, "only " + asked + " routes");
    }

    @Test
    void aJobOfEachStatusIsAsItsShapeSays() throws Exception {
        var failure = new Failure(Phase.RUN, 0, "hello", "No such host.", "at Hello", "Try again.");
        for (JobStatus status : JobStatus.values()) {
            Job job = Jobs.of(
                    UUID.randomUUID(), Jobs.request("hello"), status, status == JobStatus.FAILED ? failure : null);
            server.scheduler.add(job);
            assertEquals(200, server.get("/jobs/" + job.id()).statusCode());
        }
        assertEquals(200, server.get("/jobs").statusCode());
        assertEquals(200, server.get("/queue").statusCode());
        assertEquals(200, server.get("/status").statusCode());
    }

    private static Map<?, ?> description() throws IOException, InterruptedException {
        return Answers.ok(server.get("/openapi.json"));
    }

    private static void ask(String method, String template, Map<?, ?> responses)
            throws IOException, InterruptedException {
        String route = method + " " + template;
        String path = template.replace("{path}", "logs/a.txt")
                .replace("{module}", "hello")
                .replace("{name}", "notes")
                .replace("{id}", prepared(template));
        boolean takesJar = route.equals("POST /modules");
        HttpResponse<String> answer = server.send(server.request(path + QUERIES.getOrDefault(route, ""))
                .header("Content-Type", takesJar ? "application/java-archive" : "application/json")
                .method(
                        method,
                        BodyPublishers.ofString(BODIES.getOrDefault(
                                route, template.startsWith("/shell") ? "{\"line\": \"jobs\"}" : "{}"))));
        assertTrue(
                responses.containsKey(String.valueOf(answer.statusCode())),
                () -> route + " answered " + answer.statusCode() + " " + answer.body());
    }

    /** Creates what the route refers to; returns its id. */
    private static String prepared(String template) throws IOException, InterruptedException {
        Job job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.PENDING));
        server.scheduler.log(job, "a line");
        server.artifacts.put(job.id(), "logs/a.txt", "text/plain", folder.resolve("admin.token"));
        server.scheduler.results.put(job.id(), List.of(new JobResult(1, Jobs.CREATED, 0, "{\"n\": 1}", false)));
        server.workers.waiting.add(job);
        server.documents.put("hello", "notes", "{\"a\": 1}");
        server.send("POST", "/workers/w1", HEARTBEAT);
        if (template.startsWith("/tokens/")) {
            return (String) server.makeToken("{\"name\": \"gone\", \"role\": \"viewer\"}")
                    .get("id");
        }
        return template.startsWith("/jobs") ? job.id().toString() : template.startsWith("/workers") ? "w1" : "hello";
    }
}
