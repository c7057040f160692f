package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.base.file.FileTree;
import dev.pawl.launch.ModuleLocation;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.Deployment.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class RestartTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

    private void ship(String version) {
        module("alpha").version(version).write(server.distribution().resolve("alpha.jar"));
    }

    @Test
    void modulesAreBackWithAndWithoutTheBundleCache() throws Exception {
        server.install("alpha", "1.0.0");
        server.install("beta", "1.0.0");
        server.deployer.disable("beta", ChangeOptions.by("test"));
        var before = server.state();

        server.restart();
        assertEquals(before, server.state());

        server.close();
        FileTree.delete(folder.resolve("data/cache"));
        server.start();
        assertEquals(before, server.state());
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
        assertEquals(Optional.empty(), server.serving("beta"));
    }

    @Test
    void aCacheThatIsAheadOfTheRecordsIsPutBack() throws Exception {
        server.install("alpha", "1.0.0");
        Deployment old = server.deployer.deployment("alpha").orElseThrow();
        var before = server.state();
        server.install("alpha", "2.0.0");
        server.records.put(old); // as if the process had died before the record of 2.0.0 was written

        server.restart();

        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
        assertEquals(
                before.keySet().stream().filter(ModuleLocation::isModule).toList(),
                server.state().keySet().stream()
                        .filter(ModuleLocation::isModule)
                        .toList());
    }

    @Test
    void aCacheThatIsBehindTheRecordsIsBroughtUp() throws Exception {
        server.install("alpha", "1.0.0");
        server.close();
        Path copy = folder.resolve("copy");
        Trees.copy(folder.resolve("data/cache"), copy);
        server.start();
        server.install("alpha", "2.0.0");
        server.close();
        FileTree.delete(folder.resolve("data/cache"));
        Trees.copy(copy, folder.resolve("data/cache"));

        server.start();

        assertEquals(Optional.of("2.0.0"), server.serving("alpha"));
    }

    @Test
    void aMissingArtifactKeepsNoOtherModuleAway() throws Exception {
        server.install("alpha", "1.0.0");
        server.install("beta", "1.0.0");
        String lost = server.deployer.deployment("alpha").orElseThrow().sha256();
        server.close();
        FileTree.delete(folder.resolve("data/cache"));
        Files.delete(folder.resolve("data/artifacts/" + lost + ".jar"));

        server.start();

        assertEquals(Optional.empty(), server.serving("alpha"));
        assertEquals(Optional.of("1.0.0"), server.serving("beta"));
    }

    @Test
    void aDamagedArtifactIsNotInstalled() throws Exception {
        server.install("alpha", "1.0.0");
        String damaged = server.deployer.deployment("alpha").orElseThrow().sha256();
        server.close();
        FileTree.delete(folder.resolve("data/cache"));
        module("alpha").version("6.6.6").write(folder.resolve("data/artifacts/" + damaged + ".jar"));

        server.start();

        assertEquals(Optional.empty(), server.serving("alpha"));
    }

    @Test
    void theDistributionsModulesComeWithItAndFollowIt() throws Exception {
        ship("1.0.0");
        server.restart();
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
        assertEquals(
                Origin.DISTRIBUTION,
                server.deployer.deployment("alpha").orElseThrow().origin());

        server.deployer.disable("alpha", ChangeOptions.by("test"));
        ship("2.0.0");
        server.restart();
        assertEquals(Optional.empty(), server.serving("alpha"), "a disabled module stays disabled");
        server.deployer.enable("alpha", ChangeOptions.by("test"));
        assertEquals(Optional.of("2.0.0"), server.serving("alpha"));
    }

    @Test
    void whatSomebodyInstalledOrWentBackToOutlivesTheDistribution() throws Exception {
        ship("1.0.0");
        server.restart();
        ship("2.0.0");
        server.restart();
        server.deployer.rollback("alpha", null, ChangeOptions.by("test"));
        server.restart();
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));

        server.install("alpha", "5.0.0");
        ship("3.0.0");
        server.restart();
        assertEquals(Optional.of("5.0.0"), server.serving("alpha"));
    }

    @Test
    void anUninstalledModuleOfTheDistributionStaysAwayUntilAnotherIsShipped() throws Exception {
        ship("1.0.0");
        server.restart();
        server.deployer.uninstall("alpha", ChangeOptions.by("test"));
        server.restart();
        assertEquals(Optional.empty(), server.serving("alpha"));

        ship("1.1.0");
        server.restart();
        assertEquals(Optional.of("1.1.0"), server.serving("alpha"));
    }

    @Test
    void aBrokenJarOfTheDistributionKeepsNoOtherAway() throws Exception {
        Files.writeString(server.distribution().resolve("a-broken.jar"), "no jar");
        ship("1.0.0");

        server.restart();

        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
        assertEquals(
                List.of("test.alpha"),
                server.records.current().stream().map(Deployment::bundle).toList());
    }

    @Test
    void aModuleThatShipsSwitchedOffStaysOffUntilSomebodyEnablesIt() throws Exception {
        module("alpha")
                .header("Provide-Capability", "dev.pawl.module;id=\"alpha\";name=\"A\";enabled=\"false\"")
                .write(server.distribution().resolve("alpha.jar"));
        server.restart();
        assertFalse(server.deployer.deployment("alpha").orElseThrow().enabled());

        server.deployer.enable("alpha", ChangeOptions.by("admin"));
        server.restart();
        assertTrue(server.deployer.deployment("alpha").orElseThrow().enabled());

        module("alpha")
                .version("2.0.0")
                .header("Provide-Capability", "dev.pawl.module;id=\"alpha\";name=\"A\";enabled=\"false\"")
                .write(server.distribution().resolve("alpha.jar"));
        server.restart();
        assertEquals("2.0.0", server.deployer.deployment("alpha").orElseThrow().version());
        assertTrue(server.deployer.deployment("alpha").orElseThrow().enabled());
    }

    @Test
    void aModuleThatAnAdminInstallsIsOnWhateverItSays() {
        Path jar = module("beta")
                .header("Provide-Capability", "dev.pawl.module;id=\"beta\";name=\"B\";enabled=\"false\"")
                .write(server.distribution().resolveSibling("beta.jar"));

        assertTrue(
                server.deployer.install(jar, TestServer.byHand()).deployment().enabled());
    }
}
