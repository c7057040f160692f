package dev.pawl.deploy.folder;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.deploy.MemoryDeployments;
import dev.pawl.deploy.ModuleJarBuilder;
import dev.pawl.deploy.TestServer;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.Deployment.Origin;
import dev.pawl.service.deploy.FolderReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class ModulesFolderTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

    private static ModuleJarBuilder alpha(String version) {
        return module("alpha").version(version);
    }

    private void awaitServing(String version) {
        eventually(() -> {
            assertEquals(Optional.ofNullable(version), server.serving("alpha"));
            assertEquals(
                    Optional.ofNullable(version),
                    server.deployer.deployment("alpha").map(Deployment::version));
        });
    }

    private Optional<Origin> origin() {
        return server.deployer.deployment("alpha").map(Deployment::origin);
    }

    @Test
    void aJarThatComesChangesAndGoesTakesEffect() throws Exception {
        Path jar = server.drop(alpha("1.0.0"), "alpha.jar");
        awaitServing("1.0.0");
        assertEquals(Optional.of(Origin.FOLDER), origin());

        server.drop(alpha("2.0.0"), "alpha.jar");
        awaitServing("2.0.0");

        Files.delete(jar);
        awaitServing(null);
    }

    @Test
    void filesThatAreNoJarsAreLeftAlone() throws Exception {
        server.drop(alpha("1.0.0"), ".alpha.jar");
        server.drop(alpha("1.0.0"), "alpha.jar.tmp");
        server.drop(module("beta"), "beta.jar");
        eventually(() -> assertTrue(server.serving("beta").isPresent()));

        assertEquals(Optional.empty(), server.serving("alpha"));
    }

    @Test
    void aJarUnderANewNameUpdatesItsModuleAndTheOldOneMayGo() throws Exception {
        Path old = server.drop(alpha("1.0.0"), "alpha-1.jar");
        awaitServing("1.0.0");
        server.drop(alpha("2.0.0"), "alpha-2.jar");
        awaitServing("2.0.0");

        Files.delete(old);
        server.drop(module("beta"), "beta.jar");
        eventually(() -> assertTrue(server.serving("beta").isPresent()));

        assertEquals(Optional.of("2.0.0"), server.serving("alpha"));
    }

    @Test
    void aRenamedJarKeepsItsModule() throws Exception {
        Path jar = server.drop(alpha("1.0.0"), "alpha.jar");
        awaitServing("1.0.0");

        Path renamed = Files.move(jar, jar.resolveSibling("other.jar"));
        eventually(() -> assertEquals(
                "other.jar", server.deployer.deployment("alpha").orElseThrow().source()));
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
        assertEquals(List.of(), server.deployer.former("alpha"));

        Files.delete(renamed);
        awaitServing(null);
    }

    @Test
    void theHighestOfSeveralVersionsStays() throws Exception {
        server.close();
        alpha("1.10.0").write(server.modules().resolve("alpha-1.10.jar"));
        alpha("1.9.0").write(server.modules().resolve("alpha-1.9.jar"));
        server.start();

        assertEquals(Optional.of("1.10.0"), server.serving("alpha"));
    }

    @Test
    void whatHappenedWhileTheServerWasDownTakesEffectAtItsStart() throws Exception {
        Path gone = server.drop(module("beta"), "beta.jar");
        server.drop(alpha("1.0.0"), "alpha.jar");
        awaitServing("1.0.0");
        eventually(() -> assertTrue(server.serving("beta").isPresent()));
        server.close();
        Files.delete(gone);
        alpha("2.0.0").write(server.modules().resolve("alpha.jar"));
        module("gamma").write(server.modules().resolve("gamma.jar"));

        server.start();

        assertEquals(Optional.of("2.0.0"), server.serving("alpha"));
        assertEquals(Optional.empty(), server.serving("beta"));
        assertEquals(Optional.of("1.0.0"), server.serving("gamma"));
    }

    @Test
    void aVersionInstalledByHandOutlivesTheFolder() throws Exception {
        Path jar = server.drop(alpha("1.0.0"), "alpha.jar");
        awaitServing("1.0.0");
        server.deployer.install(alpha("2.0.0").write(folder.resolve("2.jar")), TestServer.byHand());

        server.restart();
        assertEquals(Optional.of("2.0.0"), server.serving("alpha"));
        assertEquals(List.of("alpha.jar"), server.deployer.reload().skipped());

        Files.delete(jar);
        server.deployer.reload();
        assertEquals(Optional.of("2.0.0"), server.serving("alpha"));
    }

    @Test
    void aRollbackOfAFoldersJarOutlivesARestart() throws Exception {
        server.drop(alpha("1.0.0"), "alpha.jar");
        awaitServing("1.0.0");
        server.drop(alpha("2.0.0"), "alpha.jar");
        awaitServing("2.0.0");

        server.deployer.rollback("alpha", null, ChangeOptions.by("test"));
        server.restart();

        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
    }

    @Test
    void whatWasUninstalledByHandStaysAwayUntilAReload() throws Exception {
        server.drop(alpha("1.0.0"), "alpha.jar");
        awaitServing("1.0.0");
        server.deployer.uninstall("alpha", ChangeOptions.by("test"));

        server.restart();
        assertEquals(Optional.empty(), server.serving("alpha"));

        FolderReport report = server.deployer.reload();
        assertEquals(1, report.installed().size());
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
    }

    @Test
    void aReloadTellsWhatWasRefusedAndWhy() throws Exception {
        Files.writeString(server.modules().resolve("broken.jar"), "no jar");
        server.drop(module("beta").header("Import-Package", "dev.pawl.api.module,org.nowhere"), "beta.jar");

        FolderReport report = server.deployer.reload();

        assertEquals(
                List.of("beta.jar", "broken.jar"),
                report.failed().stream()
                        .map(FolderReport.Refusal::file)
                        .sorted()
                        .toList());
        assertTrue(
                report.failed().stream().anyMatch(refusal -> refusal.error().contains("package org.nowhere")),
                report::toString);
        assertTrue(Files.exists(server.modules().resolve("broken.jar")));
    }

    @Test
    void aJarThatLacksAnotherIsInstalledWhenThatOneComes() throws Exception {
        server.drop(module("beta").header("Import-Package", "dev.pawl.api.module,test.shared"), "beta.jar");
        server.drop(
                alpha("1.0.0").header("Export-Package", "test.shared").entry("test/shared/text", "shared"), "late.jar");

        eventually(() -> assertTrue(server.serving("beta").isPresent()));
        TestServer other = new TestServer(folder.resolve("data2"), new MemoryDeployments());
        other.close();
        Files.copy(folder.resolve("data/modules/beta.jar"), folder.resolve("data2/modules/beta.jar"));
        Files.copy(folder.resolve("data/modules/late.jar"), folder.resolve("data2/modules/late.jar"));
        other.start();
        assertTrue(other.serving("beta").isPresent(), "in whatever order they are found");
        other.close();
    }
}
