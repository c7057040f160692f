package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static dev.pawl.deploy.TestServer.byHand;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.catalog.ChangeOptions;
import dev.pawl.api.catalog.Deployed;
import dev.pawl.api.catalog.Deployed.Change;
import dev.pawl.api.catalog.Deployment;
import dev.pawl.api.catalog.HistoryEntry;
import dev.pawl.api.catalog.InstallOptions;
import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeployerServiceTest {

    @TempDir
    Path folder;

    private final MemoryDeployments records = new MemoryDeployments();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(folder.resolve("data"), records);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private Path jar(String version) {
        return module("alpha").version(version).write(folder.resolve("alpha-" + version + ".jar"));
    }

    private Deployed install(String version) {
        return server.deployer.install(jar(version), byHand());
    }

    private ProblemException refusal(Path jar) {
        return assertThrows(ProblemException.class, () -> server.deployer.install(jar, byHand()));
    }

    @Test
    void anInstalledModuleServesAndIsRecorded() {
        Deployed deployed = install("1.0.0");

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
        install("1.0.0");
        Map<String, String> before = server.state();

        assertEquals(Change.UNCHANGED, install("1.0.0").change());
        assertEquals(before, server.state());
    }

    @Test
    void anUpdateTakesThePlaceOfTheFormerVersion() {
        install("1.0.0");

        Deployed deployed = install("2.0.0");

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
    void anotherBuildOfTheSameVersionIsAnUpdate() {
        install("1.0.0");
        Path rebuilt = module("alpha").entry("build", "2").write(folder.resolve("rebuilt.jar"));

        assertEquals(Change.UPDATED, server.deployer.install(rebuilt, byHand()).change());
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
        assertEquals(
                Change.ROLLED_BACK,
                server.deployer
                        .rollback("alpha", null, ChangeOptions.by("test"))
                        .change());
    }

    @Test
    void aRollbackGoesToTheVersionBefore() {
        install("1.0.0");
        install("2.0.0");

        Deployed deployed = server.deployer.rollback("alpha", null, ChangeOptions.by("test"));

        assertEquals(Change.ROLLED_BACK, deployed.change());
        assertEquals("1.0.0", deployed.deployment().version());
        assertEquals("2.0.0", deployed.formerVersion());
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
    }

    @Test
    void threeFormerVersionsAreKeptAndTheirArtifactsAlone() {
        for (int n = 1; n <= 6; n++) {
            install(n + ".0.0");
        }

        assertEquals(
                List.of("5.0.0", "4.0.0", "3.0.0"),
                server.deployer.former("alpha").stream()
                        .map(Deployment::version)
                        .toList());
        assertEquals(5, server.state().size(), () -> "one bundle and four artifacts: " + server.state());
    }

    @Test
    void thereIsNothingToRollBackToAtFirst() {
        install("1.0.0");

        ProblemException refused = assertThrows(
                ProblemException.class, () -> server.deployer.rollback("alpha", null, ChangeOptions.by("test")));
        assertEquals(ProblemCode.NO_FORMER_VERSION, refused.code());
    }

    @Test
    void aDisabledModuleDoesNotServeUntilItIsEnabled() {
        install("1.0.0");

        assertEquals(
                Change.DISABLED,
                server.deployer.disable("alpha", ChangeOptions.by("test")).change());
        assertEquals(Optional.empty(), server.serving("alpha"));
        assertEquals(
                Change.UNCHANGED,
                server.deployer.disable("alpha", ChangeOptions.by("test")).change());
        assertEquals(Change.UPDATED, install("2.0.0").change());
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
        install("1.0.0");
        install("2.0.0");

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
        install("1.0.0");
        Map<String, String> before = server.state();

        ProblemException refused =
                refusal(module("alpha").version("2.0.0").failingActivator().write(folder.resolve("bad.jar")));

        assertEquals(ProblemCode.ACTIVATION_FAILED, refused.code());
        assertTrue(refused.getMessage().contains("no luck today"), refused::getMessage);
        assertEquals(before, server.state());
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
        assertEquals("1.0.0", server.deployer.deployment("alpha").orElseThrow().version());
    }

    @Test
    void aBundleWithoutTheComponentItPromisesIsRefused() {
        ProblemException refused =
                refusal(module("alpha").header("Service-Component", "").write(folder.resolve("bad.jar")));

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
        install("1.0.0");
        Map<String, String> before = server.state();
        records.full = true;

        assertEquals(ProblemCode.STORE_UNAVAILABLE, refusal(jar("2.0.0")).code());

        assertEquals(before, server.state());
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
    }

    @Test
    void theHistoryTellsWhatWasDoneAndWhatWasTried() {
        install("1.0.0");
        install("2.0.0");
        refusal(module("alpha").version("3.0.0").failingActivator().write(folder.resolve("3.jar")));
        refusal(module("alpha")
                .version("4.0.0")
                .header("Import-Package", "dev.pawl.api.module,org.nowhere")
                .write(folder.resolve("4.jar")));
        server.deployer.rollback("alpha", null, ChangeOptions.by("ann"));
        server.deployer.disable("alpha", ChangeOptions.by("ann"));
        server.deployer.uninstall("alpha", ChangeOptions.by("bob"));

        assertEquals(
                List.of(
                        "bob UNINSTALL 1.0.0 null DONE",
                        "ann DISABLE 1.0.0 1.0.0 DONE",
                        "ann ROLLBACK 2.0.0 1.0.0 DONE",
                        "test UPDATE 2.0.0 4.0.0 REFUSED",
                        "test UPDATE 2.0.0 3.0.0 FAILED",
                        "test UPDATE 1.0.0 2.0.0 DONE",
                        "test INSTALL null 1.0.0 DONE"),
                server.deployer.history("alpha", 10).stream()
                        .map(line -> line.by() + " " + line.action() + " " + line.from() + " " + line.to() + " "
                                + line.outcome())
                        .toList());
        List<HistoryEntry> lines = server.deployer.history("alpha", 5);
        assertEquals(5, lines.size());
        assertTrue(lines.get(3).detail().contains("package org.nowhere"), lines::toString);
        assertTrue(lines.get(4).detail().contains("no luck today"), lines::toString);
    }

    @Test
    void aRollbackGoesToAnyVersionThatIsKept() {
        String first = install("1.0.0").deployment().sha256();
        install("2.0.0");
        install("3.0.0");

        server.deployer.rollback("alpha", "1.0.0", ChangeOptions.by("test"));
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
        server.deployer.rollback("alpha", null, ChangeOptions.by("test"));
        assertEquals(Optional.of("3.0.0"), server.serving("alpha"));
        server.deployer.rollback("alpha", first.substring(0, 8), ChangeOptions.by("test"));
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));

        ProblemException refused = assertThrows(
                ProblemException.class, () -> server.deployer.rollback("alpha", "9.0.0", ChangeOptions.by("test")));
        assertEquals(ProblemCode.NO_FORMER_VERSION, refused.code());
        assertEquals(
                "The version 9.0.0 of the bundle test.alpha is not kept; there are 3.0.0, 2.0.0.",
                refused.getMessage());
    }

    @Test
    void aModuleBelongsToOneBundle() {
        install("1.0.0");
        Path thief = module("alpha").header("Bundle-SymbolicName", "test.thief").write(folder.resolve("thief.jar"));

        ProblemException refused = refusal(thief);

        assertEquals(ProblemCode.MODULE_OWNED, refused.code());
        assertEquals("The module alpha belongs to the bundle test.alpha 1.0.0.", refused.getMessage());
    }

    @Test
    void aPinnedDigestMustBeTheJars() {
        InstallOptions pinned = new InstallOptions(ChangeOptions.by("test"), "0".repeat(64));

        ProblemException refused =
                assertThrows(ProblemException.class, () -> server.deployer.install(jar("1.0.0"), pinned));

        assertEquals(ProblemCode.HASH_MISMATCH, refused.code());
    }

    @Test
    void aDryRunSaysWhatWouldHappenAndDoesNothing() {
        install("1.0.0");
        Map<String, String> before = server.state();
        InstallOptions dry = TestServer.dryRun();

        Deployed deployed = server.deployer.install(jar("2.0.0"), dry);

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
}
