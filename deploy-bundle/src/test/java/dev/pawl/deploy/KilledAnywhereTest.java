package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static dev.pawl.deploy.TestServer.byHand;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.SynchronousBundleListener;

/**
 * Copies the disk at every step of a change (each bundle event, each write of a record, each call of the scheduler) and starts a server on
 * each copy: its state is the one before or after the change, never in between.
 */
final class KilledAnywhereTest {

    @TempDir
    Path folder;

    /** The data that a killed process leaves behind. */
    private record Remains(Path data, MemoryDeployments records) {}

    /** A change. */
    private interface Change {
        void on(TestServer server);
    }

    private Path jar(String version) {
        return module("alpha").version(version).write(folder.resolve(version + ".jar"));
    }

    private Set<Optional<String>> outcomes(Change change, Optional<String> after) throws Exception {
        MemoryDeployments records = new MemoryDeployments();
        TestServer server = new TestServer(folder.resolve("data"), records);
        server.deployer.install(jar("0.9.0"), byHand());
        server.deployer.install(jar("1.0.0"), byHand());
        List<Remains> remains = new ArrayList<>();
        Runnable keep = () -> remains.add(keep(records, remains.size()));
        records.aroundWrites = keep;
        RecordingScheduler scheduler = new RecordingScheduler();
        scheduler.atEachCall = keep;
        server.deployer.bindScheduler(scheduler);
        server.framework.getBundleContext().addBundleListener((SynchronousBundleListener) event -> keep.run());

        change.on(server);

        records.aroundWrites = () -> {};
        assertEquals(after, server.serving("alpha"));
        int steps = remains.size();
        server.close();
        Set<Optional<String>> outcomes = new HashSet<>();
        for (Remains left : remains.subList(0, steps)) {
            outcomes.add(restart(left));
        }
        assertTrue(steps >= 4, "steps: " + steps);
        return outcomes;
    }

    private Remains keep(MemoryDeployments records, int number) {
        try {
            Path copy = folder.resolve("remains" + number);
            Trees.copy(folder.resolve("data"), copy);
            return new Remains(copy, records.copy());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> restart(Remains left) throws Exception {
        TestServer server = new TestServer(left.data(), left.records());
        try {
            Optional<String> serving = server.serving("alpha");
            Optional<Deployment> record = server.deployer.deployment("alpha").filter(Deployment::enabled);
            assertEquals(record.map(Deployment::version), serving);
            assertTrue(server.bundles().installed().size() <= 1, () -> server.state()
                    .toString());
            assertTrue(
                    server.state().keySet().stream().noneMatch(name -> name.startsWith(".staged")),
                    () -> server.state().toString());
            server.deployer.install(left.data().resolveSibling("1.0.0.jar"), byHand());
            return serving;
        } finally {
            server.close();
        }
    }

    @Test
    void anUpdateEndsInTheOldOrTheNewVersion() throws Exception {
        Path next = jar("2.0.0");

        assertEquals(
                Set.of(Optional.of("1.0.0"), Optional.of("2.0.0")),
                outcomes(server -> server.deployer.install(next, byHand()), Optional.of("2.0.0")));
    }

    @Test
    void aRollbackEndsInTheOldOrTheNewVersion() throws Exception {
        assertEquals(
                Set.of(Optional.of("1.0.0"), Optional.of("0.9.0")),
                outcomes(
                        server -> server.deployer.rollback("alpha", null, ChangeOptions.by("test")),
                        Optional.of("0.9.0")));
    }

    @Test
    void anUninstallEndsWithOrWithoutTheModule() throws Exception {
        assertEquals(
                Set.of(Optional.of("1.0.0"), Optional.empty()),
                outcomes(server -> server.deployer.uninstall("alpha", ChangeOptions.by("test")), Optional.empty()));
    }

    @Test
    void aDisablingEndsEnabledOrDisabled() throws Exception {
        assertEquals(
                Set.of(Optional.of("1.0.0"), Optional.empty()),
                outcomes(server -> server.deployer.disable("alpha", ChangeOptions.by("test")), Optional.empty()));
    }
}
