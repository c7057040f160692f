package dev.pawl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.launch.JobLogSink;
import dev.pawl.runtime.files.DataFolder;
import dev.pawl.runtime.files.Distribution;
import dev.pawl.runtime.framework.BundleLookup;
import dev.pawl.runtime.logging.LogSetup;
import dev.pawl.runtime.settings.SettingSources;
import dev.pawl.runtime.settings.Settings;
import dev.pawl.runtime.start.StartException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.slf4j.LoggerFactory;

class PawlServerTest {

    private static final URI URL = URI.create("http://127.0.0.1:4711");

    @TempDir
    private Path folder;

    private Path bundles;
    private Path dataPath;

    @BeforeEach
    void makeDistribution() throws Exception {
        Path etc = Files.createDirectories(folder.resolve("home with spaces/etc"));
        Files.copy(Path.of("src/main/dist/etc/start-levels.properties"), etc.resolve("start-levels.properties"));
        bundles = folder.resolve("home with spaces/bundles");
        dataPath = folder.resolve("data with spaces");
        new TestBundle("dev.pawl.http-bundle")
                .activatedBy(AnsweringActivator.class)
                .writeTo(bundles);
    }

    @Test
    void aServerSaysWhereItAnswersForAsLongAsItDoes() throws Exception {
        Path urlFile = dataPath.resolve("server.url");
        try (PawlServer server = start()) {
            assertEquals(Optional.of(URL), server.url());
            assertEquals(URL + "\n", Files.readString(urlFile));
        }

        assertFalse(Files.exists(urlFile));
    }

    @Test
    void bundlesFindTheClockAndTheSettings() throws Exception {
        try (PawlServer server = start()) {
            BundleContext context = server.framework().getBundleContext();

            assertTrue(context.getServiceReference(InstantSource.class) != null);
            assertEquals(dataPath.toString(), context.getProperty("pawl.data.dir"));
            assertEquals(dataPath.resolve("config").toString(), context.getProperty("felix.cm.dir"));
            assertEquals("0", context.getProperty("pawl.api.port"));
        }
    }

    @Test
    void bundlesStopInTheReverseOrderOfTheirStart() throws Exception {
        for (String name : List.of("http", "scheduler", "store")) {
            new TestBundle("dev.pawl." + name + "-bundle")
                    .activatedBy(RecordingActivator.class)
                    .writeTo(bundles);
        }
        Files.delete(bundles.resolve("dev.pawl.http-bundle.jar"));

        start().close();

        assertEquals(
                List.of(
                        "+dev.pawl.store-bundle",
                        "+dev.pawl.scheduler-bundle",
                        "-dev.pawl.scheduler-bundle",
                        "-dev.pawl.store-bundle"),
                Files.readAllLines(dataPath.resolve("order")));
    }

    @Test
    void aDistributionWithoutHttpStartsAllTheSame() throws Exception {
        Files.delete(bundles.resolve("dev.pawl.http-bundle.jar"));
        new TestBundle("dev.pawl.store-bundle").writeTo(bundles);

        try (PawlServer server = start()) {
            assertEquals(Optional.empty(), server.url());
        }
    }

    @Test
    void aBundleThatDoesNotResolveIsNamedWithThePackageItMisses() throws Exception {
        new TestBundle("dev.pawl.store-bundle")
                .with("Import-Package", "org.osgi.framework,org.example.nowhere")
                .writeTo(bundles);

        StartException refused = assertThrows(StartException.class, this::start);

        assertTrue(refused.sentence().contains("The bundle dev.pawl.store-bundle 0.0.0 does not start: "));
        assertTrue(refused.sentence().contains("org.example.nowhere"), refused.sentence());
    }

    @Test
    void aBundleThatFailsIsNamedWithItsReason() throws Exception {
        new TestBundle("dev.pawl.store-bundle")
                .activatedBy(FailingActivator.class)
                .writeTo(bundles);

        StartException refused = assertThrows(StartException.class, this::start);

        assertTrue(
                refused.sentence()
                        .endsWith("does not start: the ratchet is jammed\nThe log has more: "
                                + dataPath.resolve("logs/pawl.log")),
                refused.sentence());
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUpWithTheReason() throws Exception {
        new TestBundle("dev.pawl.http-bundle").writeTo(bundles);

        StartException refused = assertThrows(StartException.class, this::start);

        assertEquals(
                "The server does not start.\nDeclarative Services (org.apache.felix.scr) is not running.\nThe log has more: "
                        + dataPath.resolve("logs/pawl.log"),
                refused.sentence());
    }

    @Test
    void aRefusedStartGivesTheDataFolderBack() throws Exception {
        new TestBundle("dev.pawl.store-bundle")
                .activatedBy(FailingActivator.class)
                .writeTo(bundles);
        assertThrows(StartException.class, this::start);

        Files.delete(bundles.resolve("dev.pawl.store-bundle.jar"));

        start().close();
    }

    @Test
    void theBundleCacheIsReused() throws Exception {
        start().close();
        Path installed = dataPath.resolve("cache/felix/bundle1/bundle.info");
        Object before = Files.getAttribute(installed, "creationTime");

        start().close();

        assertEquals(before, Files.getAttribute(installed, "creationTime"));
    }

    @Test
    void aNewSetOfBundlesFillsTheCacheAnew() throws Exception {
        start().close();
        new TestBundle("dev.pawl.store-bundle").writeTo(bundles);

        try (PawlServer server = start()) {
            Optional<Bundle> store = BundleLookup.find(server.framework().getBundleContext(), "dev.pawl.store-bundle");
            assertEquals(Optional.of(Bundle.ACTIVE), store.map(Bundle::getState));
        }
    }

    @Test
    void anotherOrderFillsTheCacheAnew() throws Exception {
        for (String name : List.of("store", "deploy")) {
            new TestBundle("dev.pawl." + name + "-bundle")
                    .activatedBy(RecordingActivator.class)
                    .writeTo(bundles);
        }
        start().close();
        Files.delete(dataPath.resolve("order"));

        Files.writeString(
                folder.resolve("home with spaces/etc/start-levels.properties"),
                "dev.pawl.store-bundle = 3\ndev.pawl.deploy-bundle = 2");
        start().close();

        assertEquals(
                List.of("+dev.pawl.deploy-bundle", "+dev.pawl.store-bundle"),
                Files.readAllLines(dataPath.resolve("order")).subList(0, 2));
    }

    @Test
    void aDamagedBundleCacheIsBuiltAgain() throws Exception {
        start().close();
        try (Stream<Path> files = Files.walk(dataPath.resolve("cache/felix"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, "garbage");
            }
        }

        try (PawlServer server = start()) {
            assertEquals(Optional.of(URL), server.url());
        }
    }

    @Test
    void closingTwiceIsHarmless() throws Exception {
        PawlServer server = start();

        server.close();
        server.close();
        assertTrue(server.awaitStop(Duration.ofMinutes(1)));
    }

    @Test
    void aShellThatStopsTheFrameworkStopsTheServer() throws Exception {
        PawlServer server = start();

        server.framework().stop();
        assertTrue(server.awaitStop(Duration.ofMinutes(1)));

        DataFolder.open(dataPath).close();
    }

    @Test
    void whatIsLoggedReachesTheJobLogWhileThereIsOne() throws Exception {
        List<String> lines = new ArrayList<>();
        try (PawlServer server = start()) {
            server.framework().getBundleContext().registerService(JobLogSink.class, new ListedLog(lines), null);

            LoggerFactory.getLogger("org.example.module").info("{} done", 3);

            assertEquals(List.of("INFO 3 done"), lines);
        }
        LoggerFactory.getLogger("org.example.module").info("nobody listens");
        assertFalse(lines.contains("INFO nobody listens"));
    }

    private record ListedLog(List<String> lines) implements JobLogSink {

        @Override
        public void add(String level, String message) {
            lines.add(level + " " + message);
        }

        @Override
        public String masked(String text) {
            return text;
        }
    }

    private PawlServer start() throws Exception {
        Distribution distribution = new Distribution(folder.resolve("home with spaces"), "1.2.3", "2.0.0", "1.5.0");
        Map<String, String> flags = Map.of(Settings.DATA, dataPath.toString(), Settings.PORT, "0");
        Settings settings = Settings.of(distribution, SettingSources.read(distribution, flags, Map.of()));
        return PawlServer.start(settings, distribution, DataFolder.open(dataPath), LogSetup.NONE, true);
    }
}
