package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.deploy.folder.RefusedJars;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.deploy.HistoryEntry.Outcome;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A modules folder with several jars of one module, and with files that are not jars. */
final class CrowdedFolderTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

    private void awaitServing(String version, String source) {
        eventually(() -> {
            assertEquals(Optional.of(version), server.serving("alpha"));
            assertEquals(
                    Optional.of(source), server.deployer.deployment("alpha").map(Deployment::source));
        });
    }

    private HistoryEntry latest() {
        return server.deployer.history("alpha", 1).get(0);
    }

    @Test
    void theHighestOtherVersionServesOnWhenTheJarOfTheInstalledOneGoes() throws Exception {
        server.drop(module("alpha").version("1.0.0"), "alpha-1.jar");
        awaitServing("1.0.0", "alpha-1.jar");
        server.drop(module("alpha").version("2.0.0"), "alpha-2.jar");
        awaitServing("2.0.0", "alpha-2.jar");
        Path third = server.drop(module("alpha").version("3.0.0"), "alpha-3.jar");
        awaitServing("3.0.0", "alpha-3.jar");

        Files.delete(third);
        awaitServing("2.0.0", "alpha-2.jar");

        assertEquals("UPDATE 3.0.0 2.0.0", latest().action() + " " + latest().from() + " " + latest().to());
    }

    @Test
    void aCopyOfTheJarThatGoesKeepsTheModuleWhereItIs() throws Exception {
        Path jar = server.drop(module("alpha"), "alpha.jar");
        awaitServing("1.0.0", "alpha.jar");
        server.drop(module("alpha"), "copy.jar");

        Files.delete(jar);
        awaitServing("1.0.0", "copy.jar");

        assertEquals(1, server.deployer.history("alpha", 10).size());
    }

    @Test
    void theModuleOfABundleThatGoesIsThatOfTheBundleThatWasRefusedForIt() throws Exception {
        Path jar = server.drop(module("alpha"), "alpha.jar");
        awaitServing("1.0.0", "alpha.jar");
        server.drop(module("alpha").version("5.0.0").header("Bundle-SymbolicName", "test.rival"), "rival.jar");
        eventually("it is refused", () -> !server.deployer.reload().failed().isEmpty());

        Files.delete(jar);

        awaitServing("5.0.0", "rival.jar");
    }

    @Test
    void aJarThatMayNotBeReadIsRefusedInWords() {
        assertEquals(
                "The file cannot be read: java.nio.file.AccessDeniedException: alpha.jar",
                RefusedJars.reason(new AccessDeniedException("alpha.jar")));
    }

    @Test
    void whatReplacesAJarAndIsNoneIsInTheHistoryOfItsModule() throws Exception {
        Path jar = server.drop(module("alpha"), "alpha.jar");
        awaitServing("1.0.0", "alpha.jar");

        Files.writeString(jar, "This is no jar.");
        server.deployer.reload();

        assertEquals(Outcome.REFUSED, latest().outcome());
        assertTrue(latest().detail().contains("not a readable jar"), latest()::detail);
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
    }
}
