package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static dev.pawl.deploy.TestServer.byHand;
import static dev.pawl.deploy.TestServer.dryRun;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.deploy.bundle.ModuleBundles;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed.Change;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.deploy.Impact;
import dev.pawl.service.deploy.Impact.Affected;
import dev.pawl.service.deploy.Impact.Kind;
import dev.pawl.service.deploy.Impact.ProvidedCapability;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.wiring.BundleRevision;

final class IsolationTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

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
    void aDryRunNamesWhoUsesAServiceOfTheModule() {
        server.deployer.install(module("alpha").servingActivator().write(folder.resolve("a.jar")), byHand());
        server.deployer.install(module("beta").usingActivator().write(folder.resolve("b.jar")), byHand());
        Affected user = new Affected("test.beta", "It uses the service java.util.function.Supplier.");

        Impact update = server.deployer
                .install(module("alpha").version("2.0.0").write(folder.resolve("a2.jar")), dryRun())
                .impact();
        Impact disabling =
                server.deployer.disable("alpha", ChangeOptions.by("test").dry()).impact();

        assertEquals(List.of(user), update.affected());
        assertEquals(List.of(), update.touched());
        assertEquals(List.of(user), disabling.affected());
        assertEquals(
                List.of(
                        new ProvidedCapability(Kind.MODULE, "alpha"),
                        new ProvidedCapability(Kind.SERVICE, "java.util.function.Supplier")),
                disabling.vanishes());
    }

    @Test
    void aDryRunNamesWhatAppearsAndVanishesAndWhoWouldMissIt() {
        server.deployer.install(exporting("1.0.0"), byHand());
        server.deployer.install(
                module("beta")
                        .header("Import-Package", "dev.pawl.api.module;version=\"[1.0,2)\",test.shared")
                        .write(folder.resolve("beta.jar")),
                byHand());
        Path next = module("alpha")
                .version("2.0.0")
                .header("Provide-Capability", "dev.pawl.module;id=\"alpha\",dev.pawl.module;id=\"gamma\",shop")
                .write(folder.resolve("next.jar"));

        Impact update = server.deployer.install(next, dryRun()).impact();
        Impact removal = server.deployer
                .uninstall("alpha", ChangeOptions.by("test").dry())
                .impact();

        Affected importer = new Affected(
                "test.beta",
                "It imports the package test.shared, which would no longer be available in a version that it accepts.");
        assertEquals(List.of("test.beta"), update.touched());
        assertEquals(List.of(importer), update.affected());
        assertEquals(
                List.of(new ProvidedCapability(Kind.MODULE, "gamma"), new ProvidedCapability(Kind.CAPABILITY, "shop")),
                update.appears());
        assertEquals(List.of(new ProvidedCapability(Kind.PACKAGE, "test.shared 0.0.0")), update.vanishes());
        assertEquals(List.of(importer), removal.affected());
        assertEquals(
                List.of(
                        new ProvidedCapability(Kind.MODULE, "alpha"),
                        new ProvidedCapability(Kind.PACKAGE, "test.shared 0.0.0")),
                removal.vanishes());
    }

    @Test
    void aDryRunOfAnythingChangesNoByte() throws Exception {
        server.install("1.0.0");
        server.install("2.0.0");
        Path next = module("alpha").version("3.0.0").write(folder.resolve("3.jar"));
        Map<String, String> before = server.state();
        Map<Path, String> files = Trees.digests(folder.resolve("data"));
        List<HistoryEntry> history = server.deployer.history("alpha", 100);
        ChangeOptions dry = ChangeOptions.by("test").dry();

        assertEquals(Change.UPDATED, server.deployer.install(next, dryRun()).change());
        assertEquals(
                "1.0.0",
                server.deployer.rollback("alpha", null, dry).deployment().version());
        assertEquals(Change.DISABLED, server.deployer.disable("alpha", dry).change());
        assertEquals(Change.UNINSTALLED, server.deployer.uninstall("alpha", dry).change());
        assertThrows(
                ProblemException.class,
                () -> server.deployer.install(
                        module("bad")
                                .header("Import-Package", "dev.pawl.api.module,org.nowhere")
                                .write(folder.resolve("bad.jar")),
                        dryRun()));

        assertEquals(before, server.state());
        assertEquals(files, Trees.digests(folder.resolve("data")));
        assertEquals(history, server.deployer.history("alpha", 100));
        assertEquals(Optional.of("2.0.0"), server.serving("alpha"));
    }

    @Test
    void twoModulesHaveTheirOwnVersionsOfOneLibrary() throws Exception {
        server.deployer.install(withLibrary("alpha", "1.0.0", "library 1"), byHand());
        server.deployer.install(withLibrary("beta", "1.0.0", "library 2"), byHand());
        BundleRevision untouched = beta().adapt(BundleRevision.class);

        server.deployer.install(withLibrary("alpha", "2.0.0", "library 3"), byHand());

        assertEquals("library 3", text(bundle("test.alpha")));
        assertEquals("library 2", text(beta()));
        assertSame(untouched, beta().adapt(BundleRevision.class));
    }

    private Path withLibrary(String id, String version, String text) throws IOException {
        ByteArrayOutputStream library = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(library)) {
            zip.putNextEntry(new ZipEntry("org/library/version"));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return module(id)
                .version(version)
                .header("Bundle-ClassPath", ".,lib/library.jar")
                .entry("lib/library.jar", library.toByteArray())
                .write(folder.resolve(id + version + ".jar"));
    }

    private static String text(Bundle bundle) throws IOException {
        try (InputStream in = bundle.getResource("org/library/version").openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aVersionDoesNotLeanOnTheOneItReplaces() {
        server.deployer.install(exporting("1.0.0"), byHand());
        List<String> starts = new CopyOnWriteArrayList<>();
        server.framework.getBundleContext().addBundleListener(event -> {
            if (event.getType() == BundleEvent.STARTED) {
                starts.add(ModuleBundles.name(event.getBundle()));
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
        server.install("1.0.0");
        long started = beta().getLastModified();
        Bundle before = beta();

        assertEquals(List.of(), server.install("2.0.0").impact().touched());

        assertEquals(before, beta());
        assertEquals(started, beta().getLastModified());
        assertEquals(Bundle.ACTIVE, beta().getState());
    }

    private Bundle beta() {
        return bundle("test.beta");
    }

    private Bundle bundle(String name) {
        return server.bundles().installed().stream()
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }
}
