package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A modules folder whose path is redirected while it is watched. */
final class FollowedPathTest {

    @TempDir
    Path folder;

    private TestServer server;

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private Path start(Path modules) throws Exception {
        server = TestServer.with(folder.resolve("data"), Map.of("pawl.modules.dir", modules.toString()));
        return modules;
    }

    private static Path jar(Path folder, String id, String version) throws IOException {
        Files.createDirectories(folder);
        return module(id).version(version).write(folder.resolve(id + ".jar"));
    }

    private void awaitServing(String id, String version) {
        eventually(() -> assertEquals(Optional.ofNullable(version), server.serving(id)));
    }

    /** Switches a link in one atomic step, as deployment tools do. */
    private void turn(Path link, Path target) throws IOException {
        Path turned = Files.createSymbolicLink(folder.resolve("turned"), target);
        Files.move(turned, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void aFolderPutInThePlaceOfAnotherIsWatchedAndTheOldOneIsNot() throws Exception {
        Path modules = folder.resolve("modules");
        jar(modules, "alpha", "1.0.0");
        jar(modules, "beta", "1.0.0");
        start(modules);
        awaitServing("alpha", "1.0.0");
        jar(folder.resolve("new"), "alpha", "2.0.0");

        Path old = Files.move(modules, folder.resolve("old"));
        Files.move(folder.resolve("new"), modules);

        awaitServing("alpha", "2.0.0");
        awaitServing("beta", null);
        jar(old, "gamma", "1.0.0");
        Files.delete(old.resolve("alpha.jar"));
        jar(modules, "delta", "1.0.0");
        awaitServing("delta", "1.0.0");
        awaitServing("alpha", "2.0.0");
        awaitServing("gamma", null);
    }

    @Test
    void aLinkToAFolderThatIsTurnedIsFollowed() throws Exception {
        jar(folder.resolve("v1"), "alpha", "1.0.0");
        jar(folder.resolve("v2"), "alpha", "2.0.0");
        Path current = Files.createSymbolicLink(folder.resolve("current"), folder.resolve("v1"));
        start(current);
        awaitServing("alpha", "1.0.0");

        turn(current, folder.resolve("v2"));

        awaitServing("alpha", "2.0.0");
        jar(folder.resolve("v2"), "beta", "1.0.0");
        awaitServing("beta", "1.0.0");
    }

    @Test
    void jarsThatAreLinksThroughALinkThatIsTurnedAreFollowed() throws Exception {
        Path modules = Files.createDirectory(folder.resolve("modules"));
        jar(modules.resolve("..1"), "alpha", "1.0.0");
        jar(modules.resolve("..2"), "alpha", "2.0.0");
        Path data = Files.createSymbolicLink(modules.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(modules.resolve("alpha.jar"), Path.of("..data", "alpha.jar"));
        start(modules);
        awaitServing("alpha", "1.0.0");

        turn(data, Path.of("..2"));

        awaitServing("alpha", "2.0.0");
    }

    @Test
    void anEmptyFolderInThePlaceOfOneWithJarsTakesNoModuleAway() throws Exception {
        Path modules = folder.resolve("modules");
        jar(modules, "alpha", "1.0.0");
        start(modules);
        awaitServing("alpha", "1.0.0");

        Files.move(modules, folder.resolve("old"));
        Files.createDirectory(modules);
        eventually(() -> {
            jar(modules, "beta", "1.0.0");
            awaitServing("beta", "1.0.0");
        });

        awaitServing("alpha", "1.0.0");
    }
}
