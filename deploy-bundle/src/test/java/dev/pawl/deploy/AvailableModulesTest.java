package dev.pawl.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.deploy.AvailableModule;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.Deployed.Change;
import dev.pawl.service.deploy.Deployment.Origin;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Modules that the distribution brings and that an admin installs. */
final class AvailableModulesTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

    private void bring(String version) throws IOException {
        Path available = Files.createDirectories(server.distribution().resolveSibling("available"));
        ModuleJarBuilder.module("extra")
                .version(version)
                .header(
                        "Provide-Capability",
                        "dev.pawl.module;id=extra;name=Extra;description=More;capabilities:List<String>=\"a,b\";enabled=false")
                .write(available.resolve("extra.jar"));
        Files.writeString(available.resolve("spoilt.jar"), "no jar");
    }

    @Test
    void theyAreListedAndNotInstalled() throws Exception {
        bring("1.0.0");
        server.restart();

        assertEquals(
                List.of(new AvailableModule("extra", "Extra", "1.0.0", "More", List.of("a", "b"), false)),
                server.deployer.available());
        assertEquals(Optional.empty(), server.deployer.deployment("extra"));
    }

    @Test
    void oneIsInstalledByItsIdAndServesAlsoAfterARestart() throws Exception {
        bring("1.0.0");

        Deployed done = server.deployer.installAvailable("extra", TestServer.byHand());

        assertEquals(Change.INSTALLED, done.change());
        assertTrue(done.deployment().enabled());
        assertEquals(Origin.DISTRIBUTION, done.deployment().origin());
        assertEquals(Optional.of("1.0.0"), server.serving("extra"));
        assertTrue(server.deployer.available().get(0).installed());
        server.restart();
        assertEquals(Optional.of("1.0.0"), server.serving("extra"));
    }

    @Test
    void toEnableOneInstallsIt() throws Exception {
        bring("1.0.0");

        server.deployer.enable("extra", ChangeOptions.by("test"));

        assertEquals(Optional.of("1.0.0"), server.serving("extra"));
    }

    @Test
    void aDryRunInstallsNothing() throws Exception {
        bring("1.0.0");

        assertEquals(
                Change.INSTALLED,
                server.deployer.installAvailable("extra", TestServer.dryRun()).change());
        assertFalse(server.deployer.available().get(0).installed());
    }

    @Test
    void aNewDistributionUpdatesThoseThatWereInstalled() throws Exception {
        bring("1.0.0");
        server.deployer.installAvailable("extra", TestServer.byHand());

        bring("1.1.0");
        server.restart();

        assertEquals(Optional.of("1.1.0"), server.serving("extra"));
    }

    @Test
    void oneThatTheDistributionDoesNotBringIsRefused() throws Exception {
        bring("1.0.0");

        ProblemException refused = assertThrows(
                ProblemException.class, () -> server.deployer.installAvailable("other", TestServer.byHand()));

        assertEquals(ProblemCode.NO_SUCH_MODULE, refused.code());
        assertTrue(refused.getMessage().contains("pawl module list --available"), refused.getMessage());
    }
}
