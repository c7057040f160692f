package dev.pawl.scheduler.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.scheduler.secret.KeyFile;
import dev.pawl.scheduler.secret.Vault;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.SynchronousConfigurationListener;

/** The settings of modules in the real Config Admin of a real framework: memory and disk agree, and secrets are sealed on disk. */
class ConfigAdminSettingsTest {

    private static final String SECRET = "open-sesame-and-more";
    private static final List<String> NONE = List.of();

    @TempDir
    Path folder;

    private final AtomicInteger changes = new AtomicInteger();
    private Framework framework;
    private Vault vault;
    private ConfigAdminSettings settings;

    @BeforeEach
    void start() throws Exception {
        framework = ConfigAdminFramework.start(folder);
        vault = new Vault(new KeyFile(folder.resolve("secret.key"), () -> false));
        settings = opened(vault);
        framework.getBundleContext().registerService(SynchronousConfigurationListener.class, settings, null);
    }

    @AfterEach
    void stop() throws Exception {
        settings.close();
        framework.stop();
        framework.waitForStop(10_000);
    }

    private Path config() {
        return folder.resolve("config");
    }

    /** Opens new settings, which read the present state of the disk. */
    private ConfigAdminSettings opened(Vault with) {
        return new ConfigAdminSettings(framework.getBundleContext(), with, changes::incrementAndGet);
    }

    private Map<String, Object> onDisk(String module) {
        ConfigAdminSettings fresh = opened(vault);
        try {
            return fresh.configured(module);
        } finally {
            fresh.close();
        }
    }

    private ConfigurationAdmin admin() {
        BundleContext context = framework.getBundleContext();
        return context.getService(context.getServiceReference(ConfigurationAdmin.class));
    }

    /** The contents of all files that Config Admin has written. */
    private String written() throws IOException {
        try (Stream<Path> files = Files.walk(config())) {
            StringBuilder all = new StringBuilder();
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    all.append(Files.readString(file, StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            return all.toString();
        }
    }

    @Test
    void aChangeIsInMemoryAndOnDiskAndTold() {
        int before = changes.get();
        settings.replace("m", Map.of("rate", 2, "amount", new BigDecimal("12345678901234567.890")), NONE);
        Map<String, Object> wanted = Map.of("rate", 2, "amount", new BigDecimal("12345678901234567.890"));
        assertEquals(wanted, settings.configured("m"));
        assertEquals(wanted, onDisk("m"));
        assertTrue(changes.get() > before);
        assertEquals(Map.of(), settings.configured("other"));
    }

    @Test
    void aRefusedChangeIsNotInForceAndALaterOneIs() throws IOException {
        settings.replace("m", Map.of("rate", 1), NONE);
        Path away = folder.resolve("away");
        Files.move(config(), away);
        Files.createFile(config()); // simulates a failing disk: a file in the place of the folder
        for (Map<String, Object> refused : List.<Map<String, Object>>of(Map.of("rate", 2), Map.of())) {
            ProblemException problem = assertThrows(ProblemException.class, () -> settings.replace("m", refused, NONE));
            assertEquals(ProblemCode.STORE_UNAVAILABLE, problem.code());
            assertEquals(Map.of("rate", 1), settings.configured("m"));
        }
        assertThrows(ProblemException.class, () -> settings.replace("new", Map.of("rate", 2), NONE));
        assertEquals(Map.of(), settings.configured("new"));
        Files.delete(config());
        Files.move(away, config());
        assertEquals(Map.of("rate", 1), onDisk("m"));
        assertEquals(Map.of(), onDisk("new"));
        settings.replace("m", Map.of("rate", 3), NONE);
        assertEquals(Map.of("rate", 3), settings.configured("m"));
        assertEquals(Map.of("rate", 3), onDisk("m"));
    }

    @Test
    void memoryFollowsTheOrderOfTheDiskWhenTwoChangeTheSame() {
        CyclicBarrier together = new CyclicBarrier(2);
        for (int round = 0; round < 100; round++) {
            int number = round;
            List<CompletableFuture<Void>> both = Stream.of("a", "b")
                    .map(who -> CompletableFuture.runAsync(() -> {
                        meet(together);
                        settings.replace("m", Map.of("by", who, "round", number), NONE);
                    }))
                    .toList();
            both.forEach(CompletableFuture::join);
            assertEquals(onDisk("m"), settings.configured("m"), "round " + round);
            assertEquals(number, settings.configured("m").get("round"));
        }
    }

    private static void meet(CyclicBarrier together) {
        try {
            together.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatSomebodyElseConfiguresCountsToo() throws IOException {
        Configuration configuration = admin().getConfiguration(ConfigAdminSettings.PREFIX + "m", "?");
        configuration.update(FrameworkUtil.asDictionary(Map.of("rate", 7)));
        assertEquals(Map.of("rate", 7), settings.configured("m"));
        configuration.delete();
        assertEquals(Map.of(), settings.configured("m"));
    }

    @Test
    void aSecretIsSealedOnDiskAndOpenInMemory() throws IOException {
        settings.replace("m", Map.of("token", SECRET, "rate", 2), List.of("token"));
        assertEquals(Map.of("token", SECRET, "rate", 2), settings.configured("m"));
        assertEquals(Map.of("token", SECRET, "rate", 2), onDisk("m"));
        assertFalse(written().contains(SECRET), "the secret is in a file");
        assertTrue(written().contains("pawl:sealed:1:"), written());
    }

    @Test
    void aSecretThatWasConfiguredOpenlyIsSealedOnceTheModuleIsKnown() throws IOException {
        admin().getConfiguration(ConfigAdminSettings.PREFIX + "m", "?")
                .update(FrameworkUtil.asDictionary(Map.of("token", SECRET, "rate", 2)));
        assertTrue(written().contains(SECRET));
        settings.protect("m", List.of("password"));
        assertTrue(written().contains(SECRET), "no secret of this module");
        settings.protect("m", List.of("token"));
        assertFalse(written().contains(SECRET), "the secret is in a file");
        assertEquals(Map.of("token", SECRET, "rate", 2), settings.configured("m"));
    }

    @Test
    void aSecretThatTheDiskDoesNotTakeSealedStaysAsItWasGiven() throws IOException {
        admin().getConfiguration(ConfigAdminSettings.PREFIX + "m", "?")
                .update(FrameworkUtil.asDictionary(Map.of("token", SECRET)));
        Path away = folder.resolve("away");
        Files.move(config(), away);
        Files.createFile(config());
        settings.protect("m", List.of("token"));
        assertEquals(Map.of("token", SECRET), settings.configured("m"));
        Files.delete(config());
        Files.move(away, config());
        assertEquals(Map.of("token", SECRET), onDisk("m"));
    }

    @Test
    void aSealedSecretOpensNeitherWithAnotherKeyNorForAnotherModule() throws IOException {
        settings.replace("m", Map.of("token", SECRET, "rate", 2), List.of("token"));
        ConfigAdminSettings stranger = opened(new Vault(new KeyFile(folder.resolve("other.key"), () -> false)));
        assertEquals(Map.of("rate", 2), stranger.configured("m"), "the setting counts as not set");
        stranger.close();
        Object sealed = admin().getConfiguration(ConfigAdminSettings.PREFIX + "m", "?")
                .getProperties()
                .get("token");
        admin().getConfiguration(ConfigAdminSettings.PREFIX + "other", "?")
                .update(FrameworkUtil.asDictionary(Map.of("token", sealed)));
        assertEquals(Map.of(), settings.configured("other"));
    }

    @Test
    void withoutConfigAdminEveryModuleHasItsDefaultsAndNoChangeIsTaken() throws Exception {
        settings.close();
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            if (bundle.getBundleId() != 0) {
                bundle.uninstall();
            }
        }
        settings = opened(vault);
        assertEquals(Map.of(), settings.configured("m"));
        assertEquals(
                ProblemCode.PART_MISSING,
                assertThrows(ProblemException.class, () -> settings.replace("m", Map.of("rate", 1), NONE))
                        .code());
    }
}
