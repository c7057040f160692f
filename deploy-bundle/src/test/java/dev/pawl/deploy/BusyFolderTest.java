package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static dev.pawl.deploy.TestServer.byHand;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.base.file.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Less common ways to use the modules folder. */
final class BusyFolderTest {

    private static final int BURST = 50;

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

    private Path drop(String id, String version) throws IOException {
        return server.drop(module(id).version(version), id + ".jar");
    }

    private void awaitServing(String id, String version) {
        eventually(() -> assertEquals(Optional.ofNullable(version), server.serving(id)));
    }

    @Test
    void aBurstOfJarsIsTakenWholeAndGoesAgain() throws Exception {
        List<Path> jars = new ArrayList<>();
        for (int n = 0; n < BURST; n++) {
            jars.add(drop("burst" + n, "1.0.0"));
        }
        for (int n = 0; n < BURST; n++) {
            awaitServing("burst" + n, "1.0.0");
        }

        for (Path jar : jars) {
            Files.delete(jar);
        }

        eventually(() -> assertEquals(List.of(), server.bundles().installed()));
    }

    @Test
    void aFolderThatIsDeletedAndMadeAgainIsWatchedOn() throws Exception {
        drop("alpha", "1.0.0");
        awaitServing("alpha", "1.0.0");

        FileTree.delete(server.modules());
        eventually("the folder is recreated", () -> Files.isDirectory(server.modules()));
        eventually(() -> {
            drop("beta", "1.0.0");
            awaitServing("beta", "1.0.0");
        });
    }

    @Test
    void aLinkStandsForTheJarItPointsTo() throws Exception {
        Path jar = module("alpha").write(folder.resolve("elsewhere.jar"));

        Path link = Files.createSymbolicLink(server.modules().resolve("alpha.jar"), jar);
        awaitServing("alpha", "1.0.0");

        Files.delete(link);
        awaitServing("alpha", null);
        assertTrue(Files.exists(jar));
    }

    @Test
    void theFolderAndTheApiTakeTurns() throws Exception {
        drop("alpha", "1.0.0");
        awaitServing("alpha", "1.0.0");
        server.deployer.install(module("alpha").version("2.0.0").write(folder.resolve("2.jar")), byHand());
        drop("alpha", "3.0.0");
        awaitServing("alpha", "3.0.0");
        server.deployer.install(module("alpha").version("4.0.0").write(folder.resolve("4.jar")), byHand());

        Files.delete(server.modules().resolve("alpha.jar"));
        server.deployer.reload();

        assertEquals(Optional.of("4.0.0"), server.serving("alpha"));
        assertEquals(
                List.of("test 4.0.0", "folder 3.0.0", "test 2.0.0", "folder 1.0.0"),
                server.deployer.history("alpha", 10).stream()
                        .map(line -> line.by() + " " + line.to())
                        .toList());
    }
}
