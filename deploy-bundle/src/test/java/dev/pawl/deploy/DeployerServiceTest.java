package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static dev.pawl.deploy.TestServer.byHand;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.Deployed.Change;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class DeployerServiceTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

    @Test
    void anInstalledModuleServesAndIsRecorded() {
        Deployed deployed = server.install("1.0.0");

        assertEquals(Change.INSTALLED, deployed.change());
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
        Deployment record = server.deployer.deployment("alpha").orElseThrow();
        assertEquals(deployed.deployment(), record);
        assertEquals("test.alpha", record.bundle());
        assertEquals(List.of(new Deployment.ModuleIdentity("alpha", "ALPHA")), record.modules());
        assertEquals("test", record.installedBy());
    }

    @Test
    void theSameJarAgainChangesNothing() {
        server.install("1.0.0");
        Map<String, String> before = server.state();

        assertEquals(Change.UNCHANGED, server.install("1.0.0").change());
        assertEquals(before, server.state());
    }

    @Test
    void anUpdateTakesThePlaceOfTheFormerVersion() {
        server.install("1.0.0");

        Deployed deployed = server.install("2.0.0");

        assertEquals(Change.UPDATED, deployed.change());
        assertEquals("1.0.0", deployed.formerVersion());
        assertEquals(Optional.of("2.0.0"), server.serving("alpha"));
        assertEquals(1, server.bundles().installed().size());
        assertEquals(
                List.of("1.0.0"),
                server.deployer.former("alpha").stream()
                        .map(Deployment::version)
                        .toList());
    }

    @Test
    void aDisabledModuleDoesNotServeUntilItIsEnabled() {
        server.install("1.0.0");

        assertEquals(
                Change.DISABLED,
                server.deployer.disable("alpha", ChangeOptions.by("test")).change());
        assertEquals(Optional.empty(), server.serving("alpha"));
        assertEquals(
                Change.UNCHANGED,
                server.deployer.disable("alpha", ChangeOptions.by("test")).change());
        assertEquals(Change.UPDATED, server.install("2.0.0").change());
        assertEquals(Optional.empty(), server.serving("alpha"));
        assertEquals(
                Change.ENABLED,
                server.deployer.enable("alpha", ChangeOptions.by("test")).change());
        assertEquals(Optional.of("2.0.0"), server.serving("alpha"));
        assertEquals(
                Change.UNCHANGED,
                server.deployer.enable("alpha", ChangeOptions.by("test")).change());
    }

    @Test
    void anUninstalledModuleLeavesNothing() {
        server.install("1.0.0");
        server.install("2.0.0");

        assertEquals(
                Change.UNINSTALLED,
                server.deployer.uninstall("alpha", ChangeOptions.by("test")).change());

        assertEquals(Optional.empty(), server.serving("alpha"));
        assertEquals(Map.of(), server.state());
        assertEquals(Optional.empty(), server.deployer.deployment("alpha"));
        ProblemException refused = assertThrows(
                ProblemException.class, () -> server.deployer.uninstall("alpha", ChangeOptions.by("test")));
        assertEquals(ProblemCode.NO_SUCH_MODULE, refused.code());
    }

    @Test
    void aFailingActivatorPutsTheFormerVersionBack() {
        server.install("1.0.0");
        Map<String, String> before = server.state();

        ProblemException refused = server.refusal(
                module("alpha").version("2.0.0").failingActivator().write(folder.resolve("bad.jar")));

        assertEquals(ProblemCode.ACTIVATION_FAILED, refused.code());
        assertTrue(refused.getMessage().contains("no luck today"), refused::getMessage);
        assertEquals(before, server.state());
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
        assertEquals("1.0.0", server.deployer.deployment("alpha").orElseThrow().version());
    }

    @Test
    void aBundleWithoutTheComponentItPromisesIsRefused() {
        ProblemException refused =
                server.refusal(module("alpha").header("Service-Component", "").write(folder.resolve("bad.jar")));

        assertEquals(ProblemCode.ACTIVATION_FAILED, refused.code());
        assertTrue(
                refused.getMessage().contains("no component and no service for the module alpha"), refused::getMessage);
        assertEquals(Map.of(), server.state());
    }

    @Test
    void aComponentThatWaitsForSomethingIsInstalled() {
        Path jar = module("alpha").unsatisfied("alpha").write(folder.resolve("waits.jar"));

        assertEquals(Change.INSTALLED, server.deployer.install(jar, byHand()).change());
        assertEquals(Optional.empty(), server.serving("alpha"));
    }

    @Test
    void aRecordThatCannotBeWrittenPutsTheFormerVersionBack() {
        server.install("1.0.0");
        Map<String, String> before = server.state();
        server.records.full = true;

        assertEquals(
                ProblemCode.STORE_UNAVAILABLE,
                server.refusal(server.jar("alpha", "2.0.0")).code());

        assertEquals(before, server.state());
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
    }

    @Test
    void aModuleBelongsToOneBundle() {
        server.install("1.0.0");
        Path thief = module("alpha").header("Bundle-SymbolicName", "test.thief").write(folder.resolve("thief.jar"));

        ProblemException refused = server.refusal(thief);

        assertEquals(ProblemCode.MODULE_OWNED, refused.code());
        assertEquals("The module alpha belongs to the bundle test.alpha 1.0.0.", refused.getMessage());
    }

    @Test
    void aPinnedDigestMustBeTheJars() {
        InstallOptions pinned = new InstallOptions(ChangeOptions.by("test"), "0".repeat(64));

        ProblemException refused = assertThrows(
                ProblemException.class, () -> server.deployer.install(server.jar("alpha", "1.0.0"), pinned));

        assertEquals(ProblemCode.HASH_MISMATCH, refused.code());
    }

    @Test
    void aDryRunSaysWhatWouldHappenAndDoesNothing() {
        server.install("1.0.0");
        Map<String, String> before = server.state();
        InstallOptions dry = TestServer.dryRun();

        Deployed deployed = server.deployer.install(server.jar("alpha", "2.0.0"), dry);

        assertEquals(Change.UPDATED, deployed.change());
        assertEquals("2.0.0", deployed.deployment().version());
        assertEquals(before, server.state());
    }

    @Test
    void installsFromAFolderThatHoldsOneModuleJar() throws Exception {
        Path project = Files.createDirectories(folder.resolve("project"));
        Path target = Files.createDirectories(project.resolve("target"));
        module("alpha").write(target.resolve("alpha.jar"));
        Files.writeString(target.resolve("alpha-sources.jar"), "no jar at all");

        Deployed deployed = server.deployer.installFrom(project, byHand());

        assertEquals(
                target.resolve("alpha.jar").toString(), deployed.deployment().source());
        module("beta").write(target.resolve("beta.jar"));
        assertEquals(
                ProblemCode.MALFORMED,
                assertThrows(ProblemException.class, () -> server.deployer.installFrom(project, byHand()))
                        .code());
        assertEquals(
                ProblemCode.MALFORMED,
                assertThrows(ProblemException.class, () -> server.deployer.installFrom(folder.resolve("no"), byHand()))
                        .code());
    }

    /** A file that looks ordinary but that even root cannot read. */
    @Test
    void aFileThatCannotBeReadIsNamedAndNotTheStore() {
        Path unreadable = Path.of("/proc/self/mem");
        assumeTrue(Files.isRegularFile(unreadable), "this system has no such file");

        ProblemException refused = assertThrows(
                ProblemException.class, () -> server.deployer.installFrom(unreadable, TestServer.byHand()));

        assertEquals(ProblemCode.SOURCE_UNREADABLE, refused.code());
        assertTrue(refused.getMessage().startsWith("The jar " + unreadable + " cannot be read: "), refused::getMessage);
        assertFalse(refused.getMessage().contains("java."), refused::getMessage);
    }
}
