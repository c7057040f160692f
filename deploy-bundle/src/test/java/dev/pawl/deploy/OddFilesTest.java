package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.deploy.FolderReport.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files in the modules folder that are named like jars but are not jars, or whose names cannot be decoded. */
final class OddFilesTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

    private void awaitServing(String id, String version) {
        eventually(() -> assertEquals(Optional.ofNullable(version), server.serving(id)));
    }

    /** Runs a line in a shell, since the JVM cannot create files whose names its character set cannot encode. */
    private void shell(String line) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh")
                .directory(server.modules().toFile())
                .inheritIO()
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        try (var input = shell.getOutputStream()) {
            input.write(line.getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(0, shell.waitFor());
    }

    @Test
    void whatIsNoFileIsRefusedByNameAndHoldsNothingUp() throws Exception {
        shell("mkfifo pipe.jar && mkdir folder.jar && ln -s nowhere.jar link.jar && ln -s /dev/zero device.jar");

        server.drop(module("beta").version("1.0.0"), "beta.jar");
        awaitServing("beta", "1.0.0");
        Map<String, String> refused = new TreeMap<>();
        for (Refusal refusal : server.deployer.reload().failed()) {
            refused.put(refusal.file(), refusal.error());
        }
        assertEquals(
                Map.of(
                        "pipe.jar", "It is a pipe, socket or device, not a file.",
                        "folder.jar", "It is a folder, not a file.",
                        "link.jar", "It is a link to a file that does not exist.",
                        "device.jar", "It is a pipe, socket or device, not a file."),
                refused);
    }

    @Test
    void aNameThatNoTextCanHoldIsRefusedAndTheNextJarIsTaken() throws Exception {
        Path jar = module("alpha").version("1.0.0").write(folder.resolve("alpha.jar"));
        shell("cp '" + jar + "' \"$(printf 'gr\\366\\337e.jar')\" && cp '" + jar + "' \"$(printf 'two\\nlines.jar')\"");

        server.drop(module("beta").version("1.0.0"), "beta.jar");
        awaitServing("beta", "1.0.0");
        List<Refusal> refused = server.deployer.reload().failed();
        assertEquals(2, refused.size(), refused.toString());
        assertTrue(refused.stream().allMatch(file -> file.error().contains("name")), refused.toString());

        server.restart();
        awaitServing("beta", "1.0.0");
        awaitServing("alpha", null);
        assertEquals(Optional.empty(), server.deployer.trouble());
    }

    @Test
    void aNameBeyondAsciiIsTakenOrRefusedByWhatTheLocaleCanName() throws Exception {
        Path jar = module("alpha").version("1.0.0").write(folder.resolve("alpha.jar"));
        shell("cp '" + jar + "' 'ä.jar'");

        server.drop(module("beta").version("1.0.0"), "beta.jar");
        awaitServing("beta", "1.0.0");
        boolean refused = !server.deployer.reload().failed().isEmpty();
        awaitServing("alpha", refused ? null : "1.0.0");
        server.restart();
        awaitServing("beta", "1.0.0");
    }
}
