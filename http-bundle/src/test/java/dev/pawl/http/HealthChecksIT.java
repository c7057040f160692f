package dev.pawl.http;

import static dev.pawl.http.Answers.ok;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** Health checks that other bundles register are part of the server's health, and none of them can harm it. */
class HealthChecksIT {

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    private final CountDownLatch end = new CountDownLatch(1);
    private final List<ServiceRegistration<?>> registered = new ArrayList<>();

    private void register(String name, HealthCheck check, String... tags) {
        Map<String, Object> properties =
                Map.of(HealthCheck.NAME, name, HealthCheck.TAGS, tags, HealthCheck.RESULT_CACHE_TTL_IN_MS, 0L);
        registered.add(
                server.context().registerService(HealthCheck.class, check, FrameworkUtil.asDictionary(properties)));
    }

    @AfterEach
    void takeThemAway() {
        end.countDown();
        registered.forEach(ServiceRegistration::unregister);
    }

    private static HttpResponse<String> health(String query) throws IOException, InterruptedException {
        return server.get("/status/health" + query);
    }

    private static Map<?, ?> check(Map<?, ?> health, String name) {
        return ((List<?>) health.get("checks"))
                .stream()
                        .map(each -> (Map<?, ?>) each)
                        .filter(each -> each.get("name").equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    private static Result result(Result.Status status, String message) {
        return new Result(status, message);
    }

    @Test
    void withoutChecksTheHealthIsAsItWas() throws Exception {
        assertFalse(ok(health("")).containsKey("checks"));
    }

    @Test
    void aCheckIsToldWithItsNameStatusTagsAndMessages() throws Exception {
        register("Disk of the media", () -> result(Result.Status.WARN, "90 % full"), "ready", "disk");
        eventually(() -> {
            Map<?, ?> check = check(ok(health("?check=live")), "Disk of the media");
            assertEquals("warn", check.get("status"));
            assertEquals(List.of("ready", "disk"), check.get("tags"));
            assertEquals(List.of("90 % full"), check.get("messages"));
        });
        assertEquals(true, ok(health("")).get("ready"), "a warning is no failure");
    }

    @Test
    void aFailedCheckCountsForWhatItsTagsName() throws Exception {
        register("Licence server", () -> result(Result.Status.CRITICAL, "It refuses us."), "ready");
        eventually(() -> {
            HttpResponse<String> ready = health("");
            assertEquals(503, ready.statusCode());
            assertTrue(ready.body().contains("PAWL-606"), ready.body());
            assertTrue(ready.body().contains("Licence server"), ready.body());
            assertTrue(ready.body().contains("It refuses us."), ready.body());
        });
        Map<?, ?> live = ok(health("?check=live"));
        assertEquals(false, live.get("ready"));
        takeThemAway();
        registered.clear();
        assertEquals(200, health("").statusCode());

        register("Heap", () -> result(Result.Status.CRITICAL, "It is full."), "systemalive");
        eventually(() -> assertEquals(503, health("?check=live").statusCode()));
        assertEquals(200, health("").statusCode());
    }

    @Test
    void aCheckWithoutATagIsToldAndCountsForNothing() throws Exception {
        register("Curiosity", () -> result(Result.Status.CRITICAL, "odd"));
        eventually(() -> {
            Map<?, ?> health = ok(health(""));
            assertEquals("critical", check(health, "Curiosity").get("status"));
            assertTrue(String.valueOf(health.get("trouble")).contains("Curiosity"));
        });
    }

    @Test
    void aCheckThatThrowsIsAFailureOfItsOwn() throws Exception {
        register(
                "Broken",
                () -> {
                    throw new IllegalStateException("no such table");
                },
                "x");
        register("Empty", () -> null, "x");
        eventually(() -> {
            Map<?, ?> health = ok(health(""));
            assertEquals("error", check(health, "Broken").get("status"));
            assertTrue(check(health, "Broken").get("messages").toString().contains("no such table"));
            assertEquals("error", check(health, "Empty").get("status"));
        });
    }

    @Test
    void aCheckThatHangsDelaysNobodyAndRunsOnlyOnce() throws Exception {
        var runs = new AtomicInteger();
        register("Hanging", () -> {
            runs.incrementAndGet();
            awaitEnd();
            return result(Result.Status.OK, "late");
        });
        register("Sound", () -> result(Result.Status.OK, "fine"));
        eventually(() -> assertEquals("ok", check(ok(health("")), "Sound").get("status")));
        long began = System.nanoTime();
        Map<?, ?> health = ok(health(""));
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertTrue(took.compareTo(Eventually.PATIENCE) < 0, took::toString);
        assertEquals("pending", check(health, "Hanging").get("status"));
        assertEquals(1, runs.get());
        eventually(() -> {
            Map<?, ?> check = check(ok(health("")), "Hanging");
            assertEquals("error", check.get("status"), "told after ten seconds");
            assertTrue(check.get("messages").toString().contains("has not answered for"));
        });
        assertEquals(1, runs.get());
    }

    /** A module's code that takes an interrupt for nothing. */
    private void awaitEnd() {
        boolean over = false;
        while (!over) {
            try {
                end.await();
                over = true;
            } catch (InterruptedException ignored) {
                over = false;
            }
        }
    }

    @Test
    void theServersOwnHealthIsACheckForOthers() throws Exception {
        ServiceReference<?>[] own =
                server.context().getAllServiceReferences(HealthCheck.class.getName(), "(hc.name=Pawl)");
        HealthCheck check = (HealthCheck) server.context().getService(own[0]);
        assertEquals(Result.Status.OK, check.execute().getStatus());
    }
}
