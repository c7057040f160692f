package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.service.deploy.ChangeOptions;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jars of the modules folder that were refused because of other modules, installed or missing, and are accepted after a change over the
 * API.
 */
final class RefusedJarsTest {

    private static final String API = "dev.pawl.api.module;version=\"[1.0,2)\"";

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

    private void dropBorrower() throws Exception {
        server.drop(module("borrower").header("Import-Package", API + ",lent;version=\"[1.0,2)\""), "borrower.jar");
        server.deployer.reload();
        assertEquals(Optional.empty(), server.serving("borrower"));
    }

    private Path lender(String version) {
        return module("lender")
                .version(version)
                .header("Export-Package", "lent;version=\"" + version + "\"")
                .write(folder.resolve("lender-" + version + ".jar"));
    }

    @Test
    void areTakenWhenWhatTheyLackedIsInstalled() throws Exception {
        dropBorrower();

        server.deployer.install(lender("1.0.0"), TestServer.dryRun());
        assertEquals(Optional.empty(), server.serving("borrower"));
        server.deployer.install(lender("1.0.0"), TestServer.byHand());

        assertEquals(Optional.of("1.0.0"), server.serving("borrower"));
    }

    @Test
    void areTakenWhenARollbackBringsBackWhatTheyLack() throws Exception {
        server.deployer.install(lender("1.0.0"), TestServer.byHand());
        server.deployer.install(lender("2.0.0"), TestServer.byHand());
        dropBorrower();

        server.deployer.rollback("lender", null, ChangeOptions.by("test"));

        assertEquals(Optional.of("1.0.0"), server.serving("borrower"));
    }

    @Test
    void areTakenWhenTheOwnerOfTheirModuleIsUninstalled() throws Exception {
        server.install("alpha", "1.0.0");
        server.drop(module("alpha").header("Bundle-SymbolicName", "test.other").version("3.0.0"), "other.jar");
        server.deployer.reload();
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));

        server.deployer.uninstall("alpha", ChangeOptions.by("test"));

        assertEquals(Optional.of("3.0.0"), server.serving("alpha"));
    }
}
