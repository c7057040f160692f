package dev.pawl.notification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.metric.MetricSource;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.NotificationEntry;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.NotificationFormat;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.notification.NotificationTarget;
import dev.pawl.service.notification.Notifications;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.secret.SecretSeal;
import dev.pawl.store.sqlite.SqliteNotifications;
import dev.pawl.store.sqlite.SqliteStore;
import dev.pawl.testkit.CallbackReceiver;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The service with its timer and the clock of the machine. */
final class NotificationServiceTest {

    private static final SecretSeal SEAL = new SecretSeal() {
        @Override
        public String sealed(String place, String value) {
            return place + "|" + new StringBuilder(value).reverse();
        }

        @Override
        public String opened(String place, String sealed) {
            if (!sealed.startsWith(place + "|")) {
                throw new ProblemException(ProblemCode.SECRET_UNREADABLE, "It was sealed for another place.");
            }
            return new StringBuilder(sealed.substring(place.length() + 1))
                    .reverse()
                    .toString();
        }
    };

    @TempDir
    Path folder;

    private final Set<Object> registered = new HashSet<>();
    private SqliteStore jobs;
    private CallbackReceiver receiver;
    private NotificationService service;

    @BeforeEach
    void open() throws IOException {
        receiver = CallbackReceiver.at(0);
        start();
    }

    private void start() {
        jobs = SqliteStore.open(folder.resolve("pawl.db"), InstantSource.system());
        service = NotificationService.open(new SqliteNotifications(jobs), SEAL, InstantSource.system(), context());
    }

    @AfterEach
    void close() {
        stop();
        receiver.close();
    }

    private void stop() {
        service.close();
        jobs.close();
    }

    @Test
    void withoutARuleThereIsNoThreadAndNothingIsMeasured() {
        assertEquals(List.of(), service.list(null, 10));
        assertEquals(Set.of(), registered);
        assertEquals(Set.of(), threads());
    }

    @Test
    void addressAndSecretAreSealedInTheStoreAndMaskedInAnswers() {
        NotificationEntry shown = put(rule(NotificationFormat.JSON, receiver.url("/secret-path"), "key", List.of()));
        assertEquals(Notifications.MASK, shown.rule().target().url());
        assertEquals(Notifications.MASK, shown.rule().target().secret());
        assertEquals("127.0.0.1:" + receiver.port(), shown.host());
        NotificationRule kept =
                new SqliteNotifications(jobs).find("ops").orElseThrow().rule();
        assertFalse(String.valueOf(kept.target().url()).contains("secret-path"));
    }

    @Test
    void theMaskKeepsTheAddressOfBeforeAndIsRefusedWithoutOne() {
        assertEquals(
                ProblemCode.INVALID_NOTIFICATION,
                refused(rule(NotificationFormat.SLACK, Notifications.MASK, null, List.of()))
                        .code());
        put(rule(NotificationFormat.JSON, receiver.url("/a"), null, List.of()));
        put(rule(NotificationFormat.DISCORD, Notifications.MASK, null, List.of()));
        assertEquals(DeliveryState.DELIVERED, await(service.test("ops")).state());
        assertEquals("/a", receiver.told().get(0).path());
        assertTrue(receiver.told().get(0).body().contains("embeds"));
    }

    @Test
    void aTestAnswersWithItsTryAlsoWhenItFails() {
        put(rule(NotificationFormat.TEAMS, receiver.url("/x"), null, List.of()));
        receiver.answering(request -> new CallbackReceiver.Reply(404, Map.of(), "no_team"));
        Notification failed = await(service.test("ops"));
        assertEquals(DeliveryState.FAILED, failed.state());
        assertEquals(404, failed.tries().get(0).status());
        assertEquals("no_team", failed.tries().get(0).answer());
        assertEquals(List.of(failed), service.deliveries("ops", Long.MAX_VALUE, 10));
        assertTrue(threads().contains("pawl-notifications") || !threads().isEmpty());
    }

    @Test
    void whatCannotBeIsRefusedWithItsField() {
        for (var wrong : Map.of(
                        rule(NotificationFormat.SLACK, "http://10.0.0.1/x", null, List.of()), "url: The host 10.0.0.1",
                        rule(NotificationFormat.SLACK, "ftp://example.com/x", null, List.of()), "url: ",
                        rule(NotificationFormat.NTFY, "https://ntfy.sh/", null, List.of()), "url names no topic",
                        rule(NotificationFormat.NTFY, receiver.url("/t"), "a b", List.of()), "secret has a character",
                        rule(NotificationFormat.JSON, "https://x.org/" + "x".repeat(2_000), null, List.of()),
                                "url has 2014 characters",
                        rule(NotificationFormat.EMAIL, null, null, List.of("a@example.com")), "format is email")
                .entrySet()) {
            ProblemException refused = refused(wrong.getKey());
            assertEquals(ProblemCode.INVALID_NOTIFICATION, refused.code());
            assertTrue(String.valueOf(refused.getMessage()).startsWith(wrong.getValue()), refused.getMessage());
        }
        assertEquals(List.of(), service.list(null, 10));
    }

    @Test
    void anUnknownOneIsSaidSo() {
        assertEquals(
                ProblemCode.UNKNOWN_NOTIFICATION, problem(service.test("none")).code());
        assertEquals(
                ProblemCode.UNKNOWN_NOTIFICATION,
                problem(service.remove("none")).code());
        assertThrows(ProblemException.class, () -> service.deliveries("none", Long.MAX_VALUE, 1));
        assertThrows(ProblemException.class, () -> service.get("none"));
    }

    @Test
    void aServerThatComesBackGoesOn() {
        put(rule(NotificationFormat.JSON, receiver.url("/x"), null, List.of()));
        stop();
        assertEquals(Set.of(), registered, "nothing is left behind");
        start();
        assertEquals(1, registered.size(), "it begins by itself");
        assertNull(service.get("ops").last());
        await(service.remove("ops"));
        assertEquals(List.of(), service.list(null, 10));
    }

    private NotificationEntry put(NotificationRule rule) {
        return await(service.put(rule));
    }

    private ProblemException refused(NotificationRule rule) {
        return problem(service.put(rule));
    }

    private static ProblemException problem(CompletionStage<?> stage) {
        CompletionException failed = assertThrows(
                CompletionException.class, () -> stage.toCompletableFuture().join());
        return (ProblemException) failed.getCause();
    }

    private static NotificationRule rule(
            NotificationFormat format, @Nullable String url, @Nullable String secret, List<String> to) {
        return new NotificationRule(
                "ops",
                Set.of(NotificationEvent.FAILED),
                null,
                null,
                Set.of(),
                null,
                new NotificationTarget(format, url, secret, to),
                NotificationRule.USUAL_GROUP,
                NotificationRule.USUAL_QUIET,
                false);
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("pawl-notification"))
                .collect(Collectors.toSet());
    }

    private BundleContext context() {
        return (BundleContext) Proxy.newProxyInstance(
                NotificationServiceTest.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getProperty" -> "pawl.callback.hosts".equals(arguments[0]) ? "*,127.0.0.1" : null;
                    case "registerService" -> registration((MetricSource) arguments[1]);
                    default -> throw new AssertionError(method.getName());
                });
    }

    private Object registration(MetricSource source) {
        registered.add(source);
        return Proxy.newProxyInstance(
                NotificationServiceTest.class.getClassLoader(),
                new Class<?>[] {ServiceRegistration.class},
                (proxy, method, arguments) -> method.getName().equals("unregister") ? gone(source) : null);
    }

    private @Nullable Object gone(MetricSource source) {
        registered.remove(source);
        return null;
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(40, TimeUnit.SECONDS).join();
    }
}
