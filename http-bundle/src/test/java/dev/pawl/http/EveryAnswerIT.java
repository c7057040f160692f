package dev.pawl.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.http.fake.SoundStore;
import dev.pawl.http.json.JsonText;
import dev.pawl.service.access.BegunSignIn;
import dev.pawl.service.access.FinishedSignIn;
import dev.pawl.service.access.IssuerSignIn;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.console.ConsoleFile;
import dev.pawl.service.console.WebConsole;
import dev.pawl.service.fetch.Fetched;
import dev.pawl.service.fetch.ProxyFetch;
import dev.pawl.service.hook.HookAuth;
import dev.pawl.service.hook.HookFilter;
import dev.pawl.service.hook.HookRequest;
import dev.pawl.service.hook.HookScheme;
import dev.pawl.service.hook.MissingValue;
import dev.pawl.service.hook.ValueSource;
import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobResult;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Phase;
import dev.pawl.service.metric.MetricsPage;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.NotificationFormat;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.notification.NotificationTarget;
import dev.pawl.service.schedule.Missed;
import dev.pawl.service.schedule.Overlap;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.schedule.Timing;
import dev.pawl.service.shell.CommandShell;
import dev.pawl.service.shell.ShellAnswer;
import dev.pawl.service.shell.ShellWord;
import dev.pawl.service.store.StoreUpkeep;
import dev.pawl.testkit.fake.Jobs;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the OpenAPI description, sent to every route; {@link TestServer} checks each answer against the described shape. */
final class EveryAnswerIT {

    private static final UUID FAILED_JOB = UUID.fromString("0000b8ce-4c1d-8a07-93b6-0d5e7f2a6c18");
    private static final UUID JOB = UUID.fromString("0000b8cd-af93-8df2-8ab5-db452e948921");

    private static final UUID CALLBACK = UUID.fromString("1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b");

    private static final UUID HELD_JOB = UUID.fromString("00005704-30ef-8a86-88ee-da422a07ca4b");

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
        server.register(IssuerSignIn.class, new IssuerSignIn() {
            @Override
            public Optional<URI> callback() {
                return Optional.of(server.url().resolve("/session/oidc/callback"));
            }

            @Override
            public CompletionStage<BegunSignIn> begin(String returnTo) {
                return CompletableFuture.completedFuture(new BegunSignIn(
                        URI.create("https://id.example.org/authorize"), "ticket", Duration.ofMinutes(10)));
            }

            @Override
            public CompletionStage<FinishedSignIn> finish(String ticket, Map<String, String> answer) {
                return CompletableFuture.completedFuture(
                        new FinishedSignIn(new Principal("oidc:42", "ann", Role.VIEWER), "/docs"));
            }
        });
        server.register(
                WebConsole.class,
                path -> Optional.of(new ConsoleFile(
                        "text/html; charset=utf-8", "1", true, false, ByteBuffer.wrap(new byte[] {'<', 'p', '>'}))));
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
                    ask(method, String.valueOf(path.getKey()), declared);
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

    private static void ask(String method, String template, Map<?, ?> operation)
            throws IOException, InterruptedException {
        prepare();
        HttpRequest.Builder request = server.request(target(template, operation));
        if (operation.get("requestBody") instanceof Map<?, ?> body) {
            Map.Entry<?, ?> content =
                    ((Map<?, ?>) body.get("content")).entrySet().iterator().next();
            request.header("Content-Type", String.valueOf(content.getKey()));
            Object example = ((Map<?, ?>) content.getValue()).get("example");
            String sent = template.equals("/session")
                    ? "{\"token\": \"" + server.token() + "\"}"
                    : example == null ? "a jar" : JsonText.text(json -> JsonText.value(json, example));
            request.method(method, BodyPublishers.ofString(sent));
        } else {
            request.method(method, BodyPublishers.noBody());
        }
        HttpResponse<String> answer = server.send(request);
        Object first =
                ((Map<?, ?>) operation.get("responses")).keySet().iterator().next();
        assertEquals(
                first,
                String.valueOf(answer.statusCode()),
                () -> method + " " + template + " answered " + answer.body());
    }

    private static String text(Object example) {
        return example instanceof List<?> words
                ? words.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(example);
    }

    /** The path and the query of an example. */
    private static String target(String template, Map<?, ?> operation) throws IOException, InterruptedException {
        String path = template;
        StringBuilder query = new StringBuilder();
        if (operation.get("parameters") instanceof List<?> parameters) {
            for (Object parameter : parameters) {
                Map<?, ?> described = (Map<?, ?>) parameter;
                String value = template.equals("/tokens/{id}")
                        ? String.valueOf(server.makeToken("{\"name\": \"gone\", \"role\": \"viewer\"}")
                                .get("id"))
                        : text(described.get("example"));
                if (described.get("in").equals("path")) {
                    path = path.replace("{" + described.get("name") + "}", value);
                } else if (described.get("in").equals("query") && described.containsKey("example")) {
                    query.append(query.isEmpty() ? "?" : "&")
                            .append(described.get("name"))
                            .append('=')
                            .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
                }
            }
        }
        return path + query;
    }

    /** Creates what the examples refer to. */
    private static void prepare() throws IOException, InterruptedException {
        server.scheduler.forget();
        Job job = server.scheduler.add(Jobs.of(JOB, Jobs.request("hello"), JobStatus.PENDING, null));
        server.scheduler.add(Jobs.of(FAILED_JOB, Jobs.request("hello"), JobStatus.FAILED, null));
        server.callbacks.failed(JOB, CallbackEvent.COMPLETED);
        server.scheduler.log(job, "a line");
        server.artifacts.put(JOB, "report/summary.csv", "text/csv", folder.resolve("admin.token"));
        server.scheduler.results.put(JOB, List.of(new JobResult(1, Jobs.CREATED, 0, "{\"n\": 1}", false)));
        Job held = server.scheduler.add(Jobs.of(HELD_JOB, Jobs.request("encoder"), JobStatus.PENDING, null));
        server.workers.waiting.add(held);
        server.documents.put("hello", "notes", "{\"a\": 1}");
        server.secrets.set("smtp.password", "secret", null);
        server.schedules.put(new ScheduleRequest(
                "nightly", Timing.cron("@daily"), Jobs.request("hello"), Overlap.SKIP, Missed.ONCE, false));
        server.hooks.put(new HookRequest(
                "deploy",
                Jobs.request("hello"),
                List.of(Map.of("name", ValueSource.of("/repository/name"))),
                MissingValue.REFUSE,
                new HookAuth(HookScheme.GITHUB, null, "secret", null),
                null,
                HookRequest.USUAL,
                List.of(new HookFilter(ValueSource.of("/ref"), List.of("main"), null, false)),
                "renderer",
                false));
        server.notifications.put(new NotificationRule(
                "ops",
                Set.of(NotificationEvent.FAILED),
                Duration.ofHours(2),
                Duration.ofMinutes(30),
                Set.of("hello"),
                "nightly *",
                new NotificationTarget(NotificationFormat.JSON, "https://example.com/x", "key", List.of()),
                NotificationRule.USUAL_GROUP,
                NotificationRule.USUAL_QUIET,
                false));
        server.inbox.forget();
        server.inbox.add(CALLBACK, "order-7", "renderer", "{\"frames\": 240}");
        server.send("POST", "/workers/encoder-1", "{\"status\": \"idle\"}");
    }
}
