package dev.pawl.deploy.change;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.deploy.ModuleJarBuilder;
import dev.pawl.deploy.TestServer;
import dev.pawl.service.deploy.FolderReport;
import dev.pawl.service.deploy.FolderReport.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Modules that import packages of each other, so that neither can be installed first. */
final class MutualJarsTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

    private static ModuleJarBuilder needing(String id, String other) {
        return module(id)
                .header("Import-Package", "dev.pawl.api.module;version=\"[1.0,2)\",of." + other)
                .header("Export-Package", "of." + id);
    }

    private Set<String> refused(FolderReport report) {
        return report.failed().stream().map(Refusal::file).collect(Collectors.toSet());
    }

    @Test
    void areTakenTogetherAndAreThereAfterARestart() throws Exception {
        server.drop(needing("alpha", "beta"), "alpha.jar");
        server.drop(needing("beta", "gamma"), "beta.jar");
        server.drop(needing("gamma", "alpha"), "gamma.jar");
        server.drop(needing("lonely", "nobody"), "lonely.jar");

        assertEquals(Set.of("lonely.jar"), refused(server.deployer.reload()));

        for (int start = 0; start < 2; start++) {
            for (String id : List.of("alpha", "beta", "gamma")) {
                assertEquals(Optional.of("1.0.0"), server.serving(id));
            }
            server.restart();
        }
    }

    @Test
    void areTakenTogetherFromTheDistributionToo() throws Exception {
        needing("alpha", "beta").write(server.distribution().resolve("alpha.jar"));
        needing("beta", "alpha").write(server.distribution().resolve("beta.jar"));

        server.restart();

        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
        assertEquals(Optional.of("1.0.0"), server.serving("beta"));
    }

    @Test
    void goTogetherWhenOneOfThemFails() throws Exception {
        server.drop(needing("alpha", "beta"), "alpha.jar");
        server.drop(needing("beta", "alpha").header("Bundle-Activator", "test.Gone"), "beta.jar");

        assertEquals(Set.of("alpha.jar", "beta.jar"), refused(server.deployer.reload()));

        assertEquals(List.of(), server.bundles().installed());
        assertEquals(Optional.empty(), server.deployer.deployment("alpha"));
        eventually("no artifact is left", () -> {
            try (Stream<Path> artifacts = Files.list(folder.resolve("data/artifacts"))) {
                return artifacts
                        .findAny()
                        .isEmpty(); // except, for a moment, the one that the folder's own thread is checking
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
