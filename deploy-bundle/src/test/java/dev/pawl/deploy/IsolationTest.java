package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static dev.pawl.deploy.TestServer.byHand;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.api.catalog.Deployed;
import dev.pawl.api.catalog.InstallOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;

final class IsolationTest {

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(folder.resolve("data"), new MemoryDeployments());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private Deployed install(String version) {
        Path jar = module("alpha").version(version).write(folder.resolve("alpha-" + version + ".jar"));
        return server.deployer.install(jar, byHand());
    }

    @Test
    void aBundleThatUsesAnUpdatedOneIsNamedAndTouched() {
        Path user = module("beta")
                .header("Import-Package", "dev.pawl.api.module;version=\"[1.0,2)\",test.shared")
                .write(folder.resolve("beta.jar"));
        server.deployer.install(exporting("1.0.0"), byHand());
        server.deployer.install(user, byHand());
        InstallOptions dry = TestServer.dryRun();

        assertEquals(
                List.of("test.beta"),
                server.deployer.install(exporting("2.0.0"), dry).impact().touched());
        assertEquals(
                List.of("test.beta"),
                server.deployer.install(exporting("2.0.0"), byHand()).impact().touched());
        assertEquals(Optional.of("1.0.0"), server.serving("beta"));
    }

    @Test
    void aVersionDoesNotLeanOnTheOneItReplaces() {
        server.deployer.install(exporting("1.0.0"), byHand());
        List<String> starts = new CopyOnWriteArrayList<>();
        server.framework.getBundleContext().addBundleListener(event -> {
            if (event.getType() == BundleEvent.STARTED) {
                starts.add(Bundles.name(event.getBundle()));
            }
        });

        server.deployer.install(exporting("2.0.0"), byHand());
        server.deployer.install(module("beta").write(folder.resolve("beta.jar")), byHand());

        eventually(() -> assertEquals(List.of("test.alpha 2.0.0", "test.beta 1.0.0"), starts));
    }

    private Path exporting(String version) {
        return module("alpha")
                .version(version)
                .header("Export-Package", "test.shared")
                .header("Import-Package", "dev.pawl.api.module;version=\"[1.0,2)\",test.shared")
                .entry("test/shared/text", "shared")
                .write(folder.resolve("exporting-" + version + ".jar"));
    }

    @Test
    void anUpdateTouchesNoOtherBundle() {
        Path other = module("beta").write(folder.resolve("beta.jar"));
        server.deployer.install(other, byHand());
        install("1.0.0");
        long started = beta().getLastModified();
        Bundle before = beta();

        assertEquals(List.of(), install("2.0.0").impact().touched());

        assertEquals(before, beta());
        assertEquals(started, beta().getLastModified());
        assertEquals(Bundle.ACTIVE, beta().getState());
    }

    private Bundle beta() {
        return server.bundles().installed().stream()
                .filter(bundle -> "test.beta".equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }
}
