package dev.pawl.scheduler.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.scheduler.secret.KeyFile;
import dev.pawl.scheduler.secret.Vault;
import dev.pawl.scheduler.time.ThreadTimers;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.fake.MemoryDocumentStore;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.SynchronousConfigurationListener;

/** The settings of modules on servers that share a store, each with a real Config Admin. */
class SharedSettingsTest {

    private static final String SECRET = "open-sesame-and-more";
    private static final List<String> NONE = List.of();
    private static final int ROUNDS = 30;

    @TempDir
    Path folder;

    private final MemoryDocumentStore store = new MemoryDocumentStore();
    private final ThreadTimers timers = new ThreadTimers();
    private final ExecutorService background = Executors.newCachedThreadPool();
    private final List<Server> servers = new ArrayList<>();
    private Server first;
    private Server second;

    /** A server: its Config Admin, and its settings. */
    private final class Server {
        final Path data;
        final Framework framework;
        final ConfigAdminSettings settings;

        Server(String name) throws Exception {
            data = Files.createDirectories(folder.resolve(name));
            framework = ConfigAdminFramework.start(data);
            settings = new ConfigAdminSettings(
                    framework.getBundleContext(),
                    new Vault(new KeyFile(folder.resolve("secret.key"), () -> false)),
                    () -> {},
                    store,
                    background,
                    timers);
            framework.getBundleContext().registerService(SynchronousConfigurationListener.class, settings, null);
            servers.add(this);
        }

        void stop() throws Exception {
            settings.close();
            framework.stop();
            framework.waitForStop(10_000);
        }

        Configuration configuration(String module) throws IOException {
            BundleContext context = framework.getBundleContext();
            return context.getService(context.getServiceReference(ConfigurationAdmin.class))
                    .getConfiguration(ConfigAdminSettings.PREFIX + module, "?");
        }

        void awaits(Map<String, Object> wanted) {
            Eventually.eventually(() -> assertEquals(wanted, settings.configured("m")));
        }
    }

    @BeforeEach
    void start() throws Exception {
        first = new Server("first");
        second = new Server("second");
    }

    @AfterEach
    void stop() throws Exception {
        for (Server server : servers) {
            server.stop();
        }
        timers.close();
        background.shutdown();
    }

    @Test
    void aChangeHoldsOnEveryServerAndOnOneThatJoinsWithoutTheFirst() throws Exception {
        Map<String, Object> wanted =
                Map.of("rate", 2, "amount", new BigDecimal("12345678901234567.890"), "token", SECRET);
        first.settings.replace("m", wanted, List.of("token"));
        assertEquals(wanted, first.settings.configured("m"));
        second.awaits(wanted);
        first.stop();
        assertEquals(wanted, new Server("third").settings.configured("m"));
        assertFalse(store.get(SharedSettings.OWNER, "m").orElseThrow().contains(SECRET));
    }

    @Test
    void everyServerHasTheSameRecordOfTheSameSettings() {
        assertEquals("", first.settings.record("m"));
        first.settings.replace("m", Map.of("token", SECRET), List.of("token"));
        String record = first.settings.record("m");
        Eventually.eventually(() -> assertEquals(record, second.settings.record("m")));
        first.settings.replace("m", Map.of("token", "another"), List.of("token"));
        assertFalse(record.equals(first.settings.record("m")), record);
    }

    @Test
    void aChangeIsMadeFromWhatAnotherServerHasJustChanged() {
        first.settings.replace("m", Map.of("a", 1), NONE);
        List<Map<String, Object>> seen = new ArrayList<>();
        second.settings.change(
                "m",
                () -> {
                    Map<String, Object> present = second.settings.configured("m");
                    if (seen.isEmpty()) {
                        first.settings.replace("m", Map.of("a", 2), NONE);
                    }
                    seen.add(present);
                    Map<String, Object> changed = new HashMap<>(present);
                    changed.put("b", 1);
                    return changed;
                },
                NONE);
        assertEquals(List.of(Map.of("a", 1), Map.of("a", 2)), seen);
        assertEquals(Map.of("a", 2, "b", 1), second.settings.configured("m"));
        first.awaits(Map.of("a", 2, "b", 1));
    }

    @Test
    void noChangeIsLostWhenBothServersChangeTheSame() {
        List<CompletableFuture<Void>> both = List.of(first, second).stream()
                .map(server -> CompletableFuture.runAsync(() -> {
                    for (int n = 0; n < ROUNDS; n++) {
                        server.settings.change("m", () -> counted(server), NONE);
                    }
                }))
                .toList();
        both.forEach(each -> each.orTimeout(60, TimeUnit.SECONDS).join());
        first.awaits(Map.of("n", 2 * ROUNDS));
        second.awaits(Map.of("n", 2 * ROUNDS));
    }

    private static Map<String, Object> counted(Server server) {
        Object before = server.settings.configured("m").getOrDefault("n", 0);
        return Map.of("n", ((Number) before).intValue() + 1);
    }

    @Test
    void aRefusalChangesNothing() {
        first.settings.replace("m", Map.of("a", 1), NONE);
        assertThrows(
                IllegalStateException.class,
                () -> second.settings.change(
                        "m",
                        () -> {
                            throw new IllegalStateException("refused");
                        },
                        NONE));
        store.isAway(true);
        assertEquals(
                ProblemCode.STORE_UNAVAILABLE,
                assertThrows(ProblemException.class, () -> second.settings.replace("m", Map.of("a", 2), NONE))
                        .code());
        store.isAway(false);
        assertEquals(Map.of("a", 1), second.settings.configured("m"));
    }

    @Test
    void aServerThatMissedAChangeWhileTheStoreWasAwayHasItAfterwards() {
        first.settings.replace("m", Map.of("a", 1), NONE);
        second.awaits(Map.of("a", 1));
        store.isSilent(true);
        first.settings.replace("m", Map.of("a", 2), NONE);
        store.isAway(true);
        store.tellAll();
        assertEquals(Map.of("a", 1), second.settings.configured("m"));
        store.isAway(false);
        second.awaits(Map.of("a", 2));
    }

    @Test
    void aServerWhoseDiskTakesNoSettingsGetsThemOnceItDoes() throws IOException {
        Path config = second.data.resolve("config");
        first.settings.replace("m", Map.of("a", 1), NONE);
        second.awaits(Map.of("a", 1));
        Path away = second.data.resolve("away");
        Files.move(config, away);
        Files.createFile(config);
        first.settings.replace("m", Map.of("a", 2), NONE);
        assertThrows(ProblemException.class, () -> second.settings.replace("m", Map.of("a", 3), NONE));
        assertEquals(Map.of("a", 1), second.settings.configured("m"));
        Files.delete(config);
        Files.move(away, config);
        second.awaits(Map.of("a", 2));
        assertEquals(Map.of("a", 2), first.settings.configured("m"));
    }

    @Test
    void whatSomebodyConfiguresOnOneServerAloneIsPutBack() throws IOException {
        first.settings.replace("m", Map.of("a", 1), NONE);
        second.awaits(Map.of("a", 1));
        second.configuration("m").update(FrameworkUtil.asDictionary(Map.of("a", 7)));
        second.awaits(Map.of("a", 1));
        second.configuration("m").delete();
        second.awaits(Map.of("a", 1));
        assertEquals(Map.of("a", 1), first.settings.configured("m"));
    }

    @Test
    void settingsThatAServerBringsAlongHoldForAllIfThereAreNoneAndSecretsAreSealedFirst() throws IOException {
        first.configuration("m").update(FrameworkUtil.asDictionary(Map.of("token", SECRET)));
        second.configuration("m").update(FrameworkUtil.asDictionary(Map.of("token", "late")));
        assertEquals("", first.settings.record("m"));
        first.settings.protect("m", List.of("token"));
        second.settings.protect("m", List.of("token"));
        second.awaits(Map.of("token", SECRET));
        assertTrue(first.settings.record("m").contains("pawl:sealed:"), first.settings.record("m"));
    }

    @Test
    void aFileThatDiffersAtTheStartIsReplaced() throws Exception {
        second.configuration("m").update(FrameworkUtil.asDictionary(Map.of("a", 7)));
        second.stop();
        servers.remove(second);
        first.settings.replace("m", Map.of("a", 1), NONE);
        assertEquals(Map.of("a", 1), new Server("second").settings.configured("m"));
    }
}
