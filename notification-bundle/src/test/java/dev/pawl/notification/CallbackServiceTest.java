package dev.pawl.notification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Callback;
import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.metric.MetricSource;
import dev.pawl.service.notification.Delivery;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.store.sqlite.SqliteDeliveries;
import dev.pawl.store.sqlite.SqliteStore;
import dev.pawl.testkit.CallbackReceiver;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The service with its timer and the clock of the machine. */
final class CallbackServiceTest {

    @TempDir
    Path folder;

    private final AtomicInteger sources = new AtomicInteger();
    private SqliteStore jobs;
    private CallbackReceiver receiver;
    private CallbackService service;

    @BeforeEach
    void open() throws IOException {
        receiver = CallbackReceiver.at(0);
        start();
    }

    private void start() {
        start("127.0.0.1");
    }

    private void start(String hosts) {
        jobs = SqliteStore.open(folder.resolve("pawl.db"), InstantSource.system());
        service = new CallbackService(
                new SqliteDeliveries(jobs),
                jobs,
                job -> Optional.of("{}".getBytes(StandardCharsets.UTF_8)),
                request -> new byte[] {1, 2, 3},
                InstantSource.system(),
                context(Map.of("pawl.callback.hosts", hosts)));
    }

    @AfterEach
    void close() {
        service.close();
        service.close(); // harmless
        jobs.close();
        receiver.close();
        Eventually.eventually("no thread is left", () -> threads().isEmpty());
    }

    private BundleContext context(Map<String, String> properties) {
        return proxy(BundleContext.class, (method, argument) -> switch (method) {
            case "getProperty" -> properties.get(String.valueOf(argument));
            case "registerService" -> {
                assertEquals(MetricSource.class, argument);
                sources.incrementAndGet();
                yield proxy(ServiceRegistration.class, (call, nothing) -> sources.decrementAndGet());
            }
            default -> throw new AssertionError(method);
        });
    }

    private interface Answers {
        Object to(String method, Object argument);
    }

    private static <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object answer = answers.to(method.getName(), arguments == null ? null : arguments[0]);
                    return method.getReturnType() == void.class ? null : answer;
                }));
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("pawl-callback"))
                .collect(Collectors.toSet());
    }

    private UUID stopped() {
        UUID id = UUID.randomUUID();
        JobRequest request = JobRequest.builder(List.of(new Task("m", Map.of())))
                .callback(new Callback(receiver.url("/"), CallbackEvent.ENDS, null))
                .build();
        Job job = await(jobs.add(
                        List.of(new NewJob(id, request, InstantSource.system().instant()))))
                .get(0);
        await(jobs.write(RunWrite.ofRuntime(job)
                .withMove(new RunMove.Stopped(InstantSource.system().instant()))));
        return id;
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Test
    void aServerWithoutCallbacksHasNeitherThreadsNorMeasures() {
        Eventually.eventually("the first look is over", () -> threads().isEmpty());
        assertEquals(0, sources.get());
    }

    @Test
    void anEventIsToldAtOnceAndAgainWhenSomebodyAsks() {
        UUID job = stopped();
        Eventually.eventually("it is delivered", () -> service.of(job).get(0).state() == DeliveryState.DELIVERED);
        assertEquals(1, sources.get());
        Delivery again = await(service.retry(job, "stopped"));
        assertEquals(DeliveryState.WAITING, again.state());
        assertEquals(job + ".stopped", again.id());
        Eventually.eventually("it is told again", () -> receiver.told().size() == 2);
        assertEquals(Set.of(job + ".stopped"), receiver.deliveries());
        for (String unknown : List.of("completed", "", job + ".failed", "x".repeat(1_000))) {
            CompletionException failed =
                    assertThrows(CompletionException.class, () -> await(service.retry(job, unknown)));
            assertEquals(ProblemCode.UNKNOWN_CALLBACK, ((ProblemException) failed.getCause()).code());
        }
    }

    @Test
    void aSettingThatIsNotAcceptedAllowsNothing() {
        service.close();
        jobs.close();
        start("*,10.0.0.0/99");
        Callback callback = new Callback("https://ci.example.com/", CallbackEvent.ENDS, null);
        ProblemException refused = assertThrows(ProblemException.class, () -> service.check(callback));
        assertTrue(String.valueOf(refused.getMessage()).contains("PAWL_CALLBACK_HOSTS"), refused.getMessage());
    }

    @Test
    void whatWasDueWhenTheServerStoppedIsToldWhenItStarts() {
        service.close();
        UUID job = stopped();
        jobs.close();
        start();
        Eventually.eventually("it is delivered", () -> service.of(job).get(0).state() == DeliveryState.DELIVERED);
    }
}
