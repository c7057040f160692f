package dev.pawl.deploy.folder;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.deploy.artifact.JarContents;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {

    @TempDir
    Path folder;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private FolderWatch watch;

    @BeforeEach
    void watch() throws IOException {
        watch = new FolderWatch(
                folder, jar -> told.add(jar.getFileName() + (JarContents.isWhole(jar) ? "" : " torn")), () -> {});
        watch.start();
    }

    @AfterEach
    void end() throws IOException {
        watch.close();
    }

    @Test
    void aJarThatIsWrittenInPartsIsToldWhenItIsWhole() throws IOException {
        byte[] bytes = module("alpha").entry("data", "0123456789".repeat(1_000)).bytes();
        int part = bytes.length / 4 + 1;

        try (OutputStream out = Files.newOutputStream(folder.resolve("alpha.jar"))) {
            for (int from = 0; from < bytes.length; from += part) {
                assertEquals(List.of(), ofAlpha());
                out.write(bytes, from, Math.min(part, bytes.length - from));
                out.flush();
                awaitAnotherLook("after-" + from + ".jar");
            }
        }

        eventually(() -> assertEquals(List.of("alpha.jar"), ofAlpha()));
    }

    private List<String> ofAlpha() {
        return told.stream().filter(name -> name.startsWith("alpha")).toList();
    }

    /** Writes another jar and waits until it is reported: by then it has settled, and so has everything written before it. */
    private void awaitAnotherLook(String name) throws IOException {
        byte[] bytes = module("beta").bytes();
        try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
            out.write(bytes, 0, bytes.length - 1);
            out.flush();
            out.write(bytes, bytes.length - 1, 1);
        }
        eventually(() -> assertTrue(told.contains(name)));
    }
}
