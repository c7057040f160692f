package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static dev.pawl.deploy.TestServer.byHand;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.Deployed.Change;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Rollbacks to previous versions, and their history. */
final class RollbackTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

    @Test
    void aRollbackGoesToTheVersionBefore() {
        server.install("1.0.0");
        server.install("2.0.0");

        Deployed deployed = server.deployer.rollback("alpha", null, ChangeOptions.by("test"));

        assertEquals(Change.ROLLED_BACK, deployed.change());
        assertEquals("1.0.0", deployed.deployment().version());
        assertEquals("2.0.0", deployed.formerVersion());
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
    }

    @Test
    void threeFormerVersionsAreKeptAndTheirArtifactsAlone() {
        for (int n = 1; n <= 6; n++) {
            server.install(n + ".0.0");
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
        server.install("1.0.0");

        ProblemException refused = assertThrows(
                ProblemException.class, () -> server.deployer.rollback("alpha", null, ChangeOptions.by("test")));
        assertEquals(ProblemCode.NO_FORMER_VERSION, refused.code());
    }

    @Test
    void aRollbackGoesToAnyVersionThatIsKept() {
        String first = server.install("1.0.0").deployment().sha256();
        server.install("2.0.0");
        server.install("3.0.0");

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
                "The version 9.0.0 of the bundle test.alpha is not kept; the kept ones are 3.0.0, 2.0.0.",
                refused.getMessage());
    }

    @Test
    void theHistoryTellsWhatWasDoneAndWhatWasTried() {
        server.install("1.0.0");
        server.install("2.0.0");
        server.refusal(module("alpha").version("3.0.0").failingActivator().write(folder.resolve("3.jar")));
        server.refusal(module("alpha")
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
    void anotherBuildOfTheSameVersionIsAnUpdate() {
        server.install("1.0.0");
        Path rebuilt = module("alpha").entry("build", "2").write(folder.resolve("rebuilt.jar"));

        assertEquals(Change.UPDATED, server.deployer.install(rebuilt, byHand()).change());
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
        assertEquals(
                Change.ROLLED_BACK,
                server.deployer
                        .rollback("alpha", null, ChangeOptions.by("test"))
                        .change());
    }
}
