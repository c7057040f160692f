package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.service.deploy.ChangeOptions;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A module that imports packages of another one. */
final class LentPackagesTest {

    private static final String API = "dev.pawl.api.module;version=\"[1.0,2)\"";

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

    @BeforeEach
    void install() {
        lender("1.0.0");
        server.deployer.install(
                module("borrower")
                        .header("Import-Package", API + ",lent;version=\"[1.0,2)\"")
                        .write(folder.resolve("borrower.jar")),
                TestServer.byHand());
    }

    private void lender(String version) {
        server.deployer.install(
                module("lender")
                        .version(version)
                        .header("Export-Package", "lent;version=\"" + version + "\"")
                        .write(folder.resolve("lender.jar")),
                TestServer.byHand());
    }

    @Test
    void theBorrowerRunsAgainWhenTheLenderGoesBack() {
        lender("2.0.0");
        assertEquals(Optional.empty(), server.serving("borrower"));

        server.deployer.rollback("lender", null, ChangeOptions.by("test"));

        assertEquals(Optional.of("1.0.0"), server.serving("borrower"));
    }

    @Test
    void theBorrowerRunsAgainWhenTheLenderIsInstalledAgain() {
        server.deployer.uninstall("lender", ChangeOptions.by("test"));
        assertEquals(Optional.empty(), server.serving("borrower"));

        lender("1.1.0");

        assertEquals(Optional.of("1.0.0"), server.serving("borrower"));
    }

    @Test
    void aBorrowerThatIsDisabledStaysSo() {
        server.deployer.disable("borrower", ChangeOptions.by("test"));
        lender("2.0.0");

        lender("1.5.0");

        assertEquals(Optional.empty(), server.serving("borrower"));
    }
}
