package dev.pawl.deploy;

import static dev.pawl.deploy.TestServer.byHand;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.base.file.FileTree;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.Deployed.Change;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Artifacts in the data folder that are damaged while the server is down. */
final class LostArtifactTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

    /** The ways in which an artifact is damaged. */
    enum Spoil {
        DELETED {
            @Override
            void act(Path artifact) throws IOException {
                Files.delete(artifact);
            }
        },
        TRUNCATED {
            @Override
            void act(Path artifact) throws IOException {
                byte[] bytes = Files.readAllBytes(artifact);
                Files.write(artifact, Arrays.copyOf(bytes, bytes.length / 2));
            }
        },
        FLIPPED {
            @Override
            void act(Path artifact) throws IOException {
                byte[] bytes = Files.readAllBytes(artifact);
                bytes[bytes.length / 2] ^= 1;
                Files.write(artifact, bytes);
            }
        };

        abstract void act(Path artifact) throws IOException;
    }

    private Path artifact(String id) {
        return folder.resolve(
                "data/artifacts/" + server.deployer.deployment(id).orElseThrow().sha256() + ".jar");
    }

    private void restartWithout(Path cache) throws Exception {
        FileTree.delete(cache);
        server.start();
    }

    private Path cache() {
        return folder.resolve("data/cache");
    }

    @ParameterizedTest
    @EnumSource(Spoil.class)
    void withoutTheCacheItsModuleIsAwayAndTheSameJarBringsItBack(Spoil spoil) throws Exception {
        server.install("alpha", "1.0.0");
        server.install("beta", "1.0.0");
        Path lost = artifact("alpha");
        server.close();
        spoil.act(lost);

        restartWithout(cache());

        assertEquals(Optional.empty(), server.serving("alpha"));
        assertEquals(Optional.of("1.0.0"), server.serving("beta"));
        ProblemException refused =
                assertThrows(ProblemException.class, () -> server.deployer.enable("alpha", ChangeOptions.by("test")));
        assertEquals(ProblemCode.ARTIFACT_LOST, refused.code());
        assertTrue(refused.getMessage().contains(lost.toString()), refused::getMessage);

        Deployed dry = server.deployer.install(server.jar("alpha", "1.0.0"), TestServer.dryRun());
        assertEquals(Change.REPAIRED, dry.change());
        assertEquals(Optional.empty(), server.serving("alpha"));
        assertEquals(Change.REPAIRED, server.install("alpha", "1.0.0").change());
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
        assertArrayEquals(Files.readAllBytes(server.jar("alpha", "1.0.0")), Files.readAllBytes(lost));
        assertEquals(Change.UNCHANGED, server.install("alpha", "1.0.0").change());
    }

    @ParameterizedTest
    @EnumSource(Spoil.class)
    void withTheCacheItsModuleServesAndTheSameJarMakesItWhole(Spoil spoil) throws Exception {
        server.install("alpha", "1.0.0");
        Path lost = artifact("alpha");
        server.close();
        spoil.act(lost);

        server.start();

        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
        assertEquals(Change.REPAIRED, server.install("alpha", "1.0.0").change());
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
        assertArrayEquals(Files.readAllBytes(server.jar("alpha", "1.0.0")), Files.readAllBytes(lost));
    }

    @ParameterizedTest
    @EnumSource(Spoil.class)
    void aJarThatStillLiesInTheModulesFolderBringsItBackByItself(Spoil spoil) throws Exception {
        Files.createDirectories(server.modules());
        Files.copy(server.jar("alpha", "1.0.0"), server.modules().resolve("alpha.jar"));
        server.deployer.reload();
        Path lost = artifact("alpha");
        server.close();
        spoil.act(lost);

        restartWithout(cache());

        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
        assertArrayEquals(Files.readAllBytes(server.jar("alpha", "1.0.0")), Files.readAllBytes(lost));
    }

    @Test
    void thePlaceOnTheServersDiskThatItWasInstalledFromBringsItBackUnlessAnotherJarIsThereNow() throws Exception {
        server.deployer.installFrom(server.jar("alpha", "1.0.0"), byHand());
        server.deployer.installFrom(server.jar("beta", "1.0.0"), byHand());
        Files.delete(artifact("alpha"));
        Files.delete(artifact("beta"));
        Files.copy(server.jar("beta", "1.1.0"), folder.resolve("beta-1.0.0.jar"), StandardCopyOption.REPLACE_EXISTING);
        server.close();

        restartWithout(cache());

        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
        assertEquals(Optional.empty(), server.serving("beta"));
    }

    @Test
    void theDistributionBringsBackWhatItShips() throws Exception {
        Files.copy(server.jar("alpha", "1.0.0"), server.distribution().resolve("alpha.jar"));
        server.restart();
        Path lost = artifact("alpha");
        server.close();
        Files.delete(lost);

        restartWithout(cache());

        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
    }

    @Test
    void anotherVersionOrAFormerOneTakesThePlaceOfWhatIsLost() throws Exception {
        server.install("alpha", "1.0.0");
        server.install("alpha", "2.0.0");
        Path lost = artifact("alpha");
        server.close();
        Files.delete(lost);
        restartWithout(cache());
        assertEquals(Optional.empty(), server.serving("alpha"));

        server.deployer.rollback("alpha", null, ChangeOptions.by("test"));
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
        assertFalse(
                server.deployer.former("alpha").stream()
                        .anyMatch(former -> former.version().equals("2.0.0")),
                "a rollback to it is not possible");
        server.install("alpha", "2.0.0");
        assertEquals(Optional.of("2.0.0"), server.serving("alpha"));
    }

    @Test
    void whatIsLostCanBeUninstalled() throws Exception {
        server.install("alpha", "1.0.0");
        Path lost = artifact("alpha");
        server.close();
        Files.delete(lost);
        restartWithout(cache());

        server.deployer.uninstall("alpha", ChangeOptions.by("test"));

        assertEquals(Optional.empty(), server.deployer.deployment("alpha"));
    }
}
