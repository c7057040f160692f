package dev.pawl.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.http.fake.FakeDocumentStore;
import dev.pawl.http.fake.MemorySecrets;
import dev.pawl.launch.HttpAddress;
import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.catalog.ModuleCatalog;
import dev.pawl.service.data.Documents;
import dev.pawl.service.deploy.Deployer;
import dev.pawl.service.deploy.ModuleSources;
import dev.pawl.service.hook.Hooks;
import dev.pawl.service.inbox.CallbackInbox;
import dev.pawl.service.job.JobActions;
import dev.pawl.service.job.JobArtifacts;
import dev.pawl.service.job.JobQueue;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.notification.Callbacks;
import dev.pawl.service.notification.Notifications;
import dev.pawl.service.schedule.Schedules;
import dev.pawl.service.secret.NamedSecrets;
import dev.pawl.service.store.DocumentStore;
import dev.pawl.service.store.KeptAnswers;
import dev.pawl.service.worker.Workers;
import dev.pawl.testkit.AnswerCheck;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.HelloCatalog;
import dev.pawl.testkit.MemoryDocuments;
import dev.pawl.testkit.RecordingDeployer;
import dev.pawl.testkit.fake.FakeActions;
import dev.pawl.testkit.fake.FakeArtifacts;
import dev.pawl.testkit.fake.FakeCallbacks;
import dev.pawl.testkit.fake.FakeHooks;
import dev.pawl.testkit.fake.FakeInbox;
import dev.pawl.testkit.fake.FakeNotifications;
import dev.pawl.testkit.fake.FakeScheduler;
import dev.pawl.testkit.fake.FakeSchedules;
import dev.pawl.testkit.fake.FakeWorkers;
import dev.pawl.testkit.fake.MemoryAuditLog;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;

/**
 * A framework with Jetty and the built bundle, and fakes for the rest of the product. Registered as an extension, it serves all tests of a
 * class, each of which begins without jobs.
 */
public final class TestServer implements AutoCloseable, BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    final FakeScheduler scheduler = new FakeScheduler();
    final FakeActions actions = new FakeActions(scheduler);
    final HelloCatalog catalog = new HelloCatalog();
    public final RecordingDeployer deployer = new RecordingDeployer();
    final RecordingSources sources = new RecordingSources(deployer);
    final FakeDocumentStore documentStore = new FakeDocumentStore();
    final MemoryDocuments documents = new MemoryDocuments();
    final MemorySecrets secrets = new MemorySecrets();
    final FakeArtifacts artifacts = new FakeArtifacts();
    final MemoryAuditLog audit = new MemoryAuditLog();
    final FakeWorkers workers = new FakeWorkers();
    final FakeSchedules schedules = new FakeSchedules();
    final FakeCallbacks callbacks = new FakeCallbacks();
    final FakeHooks hooks = new FakeHooks();
    final FakeNotifications notifications = new FakeNotifications();
    final FakeInbox inbox = new FakeInbox();
    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Supplier<Path> folder;
    private final Map<String, String> settings;
    private final Map<Class<?>, ServiceRegistration<?>> registrations = new HashMap<>();
    private Path data;
    private Framework framework;
    private URI url;
    private AnswerCheck check;

    /** @param data supplies the data folder; called once JUnit has created it */
    public TestServer(Supplier<Path> data) {
        this(data, Map.of());
    }

    /** The same with settings of its own. */
    public TestServer(Supplier<Path> data, Map<String, String> settings) {
        this.folder = data;
        this.settings = settings;
    }

    @Override
    public void beforeAll(ExtensionContext tests) throws Exception {
        startReady();
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        scheduler.forget();
    }

    @Override
    public void afterAll(ExtensionContext tests) throws BundleException {
        close();
    }

    private void startBare() throws BundleException, IOException {
        data = folder.get();
        framework = ApiFramework.start(data, settings);
    }

    private void startReady() throws BundleException, IOException {
        startBare();
        registerAll();
        awaitReady();
    }

    /** Waits until the server listens, possibly at another address than before. */
    void awaitReady() {
        url = Eventually.eventuallyFind("the server is ready", this::announced);
    }

    /** Starts a server and waits until it is ready; the caller closes it. */
    public static TestServer start(Path data) throws BundleException, IOException {
        return start(data, Map.of());
    }

    /** The same with settings of its own. */
    public static TestServer start(Path data, Map<String, String> settings) throws BundleException, IOException {
        TestServer server = new TestServer(() -> data, settings);
        server.startReady();
        return server;
    }

    /** Starts a server without the rest of the product; the caller closes it. */
    static TestServer alone(Path data, Map<String, String> settings) throws BundleException, IOException {
        TestServer server = new TestServer(() -> data, settings);
        server.startBare();
        return server;
    }

    void registerAll() {
        register(JobQueue.class, scheduler);
        register(JobActions.class, actions);
        register(Scheduler.class, scheduler);
        register(JobArtifacts.class, artifacts);
        register(Workers.class, workers);
        register(Schedules.class, schedules);
        register(Callbacks.class, callbacks);
        register(Hooks.class, hooks);
        register(Notifications.class, notifications);
        register(CallbackInbox.class, inbox);
        register(DocumentStore.class, documentStore);
        register(KeptAnswers.class, scheduler.answers);
        register(InstantSource.class, InstantSource.system());
        register(Documents.class, documents);
        register(NamedSecrets.class, secrets);
        register(AuditLog.class, audit);
        register(Deployer.class, deployer);
        register(ModuleSources.class, sources);
        register(ModuleCatalog.class, catalog);
    }

    <T> void register(Class<T> type, T service) {
        registrations.put(type, context().registerService(type, service, null));
    }

    void unregister(Class<?> type) {
        registrations.remove(type).unregister();
    }

    Optional<URI> announced() throws Exception {
        for (ServiceReference<HttpAddress> reference : context().getServiceReferences(HttpAddress.class, null)) {
            return Optional.of(context().getService(reference).url());
        }
        return Optional.empty();
    }

    /** A free port. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    URI url() {
        return url;
    }

    String token() throws IOException {
        return Files.readString(data.resolve("admin.token")).strip();
    }

    HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(url.resolve(path)).header("Authorization", "Bearer " + token());
    }

    /** A request with another token than the one of the data folder. */
    HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(url.resolve(path)).header("Authorization", "Bearer " + token);
    }

    /** Makes a token; returns what the server answered. */
    Map<?, ?> makeToken(String json) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("POST", "/tokens", json);
        if (answer.statusCode() != 201) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return Answers.object(answer.body());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpResponse<String> send(String method, String path, String json) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpRequest asked = request.build();
        HttpResponse<String> answer = client.send(asked, AnswerBody::of);
        if (answer.headers().firstValue("X-Request-Id").isEmpty()) {
            throw new AssertionError(asked + " was answered without the id of the request");
        }
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (check == null) {
            check = described(asked.uri().resolve("/openapi.json"));
        }
        if (check != null) {
            Object body = AnswerCheck.isJson(type) && !answer.body().isEmpty() ? Answers.json(answer.body()) : null;
            String path = asked.uri().getRawPath();
            check.hold(asked.method(), path, answer.statusCode(), type, body);
            Set<String> names = answer.headers().map().keySet();
            Set<String> undescribed = check.undescribed(asked.method(), path, answer.statusCode(), names);
            assertEquals(Set.of(), undescribed, () -> "headers of the answer to " + path);
        }
        return answer;
    }

    /** The check of every answer; null while the server cannot give its description, because it is ending or overloaded. */
    private AnswerCheck described(URI openApi) throws InterruptedException {
        try {
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(openApi).build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? new AnswerCheck(Answers.object(answer.body())) : null;
        } catch (IOException gone) {
            return null;
        }
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            framework.waitForStop(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
