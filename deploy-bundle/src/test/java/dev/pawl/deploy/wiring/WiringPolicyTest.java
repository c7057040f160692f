package dev.pawl.deploy.wiring;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pawl.deploy.TestServer;
import dev.pawl.service.deploy.ChangeOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** The choice of the module that an import is wired to, when several match. */
final class WiringPolicyTest {

    private static final String API = "dev.pawl.api.module;version=\"[1.0,2)\"";

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

    private void install(String id, String header, String value) {
        server.deployer.install(
                module(id).header(header, value).write(folder.resolve(id + ".jar")), TestServer.byHand());
    }

    private Bundle bundle(String id) {
        return server.bundles().installed().stream()
                .filter(bundle -> bundle.getSymbolicName().equals("test." + id))
                .findFirst()
                .orElseThrow();
    }

    private List<String> providers(String id) {
        return bundle(id).adapt(BundleWiring.class).getRequiredWires(null).stream()
                .map(BundleWire::getProvider)
                .map(provider -> provider.getSymbolicName())
                .filter(name -> name.startsWith("test."))
                .distinct()
                .toList();
    }

    @Test
    void anOptionalImportIsNotWiredByARestartAlone() throws Exception {
        install("borrower", "Import-Package", API + ",lent;resolution:=optional");
        install("lender", "Export-Package", "lent");
        assertEquals(List.of(), providers("borrower"));

        server.restart();

        assertEquals(List.of(), providers("borrower"));
        assertEquals(
                List.of(),
                server.deployer
                        .uninstall("lender", ChangeOptions.by("test").dry())
                        .impact()
                        .touched());
    }

    @Test
    void anOptionalImportIsWiredWhenTheModuleIsEnabledAgain() throws Exception {
        install("borrower", "Import-Package", API + ",lent;resolution:=optional");
        install("lender", "Export-Package", "lent");

        server.deployer.disable("borrower", ChangeOptions.by("test"));
        server.deployer.enable("borrower", ChangeOptions.by("test"));
        assertEquals(List.of("test.lender"), providers("borrower"));
        server.restart();

        assertEquals(List.of("test.lender"), providers("borrower"));
    }

    @Test
    void aBetterOfferTakesNoModuleOverAtARestart() throws Exception {
        install("lender", "Export-Package", "lent;version=1.0");
        install("borrower", "Import-Package", API + ",lent");
        install("rival", "Export-Package", "lent;version=2.0");

        server.restart();
        assertEquals(List.of("test.lender"), providers("borrower"));

        server.deployer.uninstall("lender", ChangeOptions.by("test"));
        assertEquals(List.of("test.rival"), providers("borrower"));
        assertEquals(Optional.of("1.0.0"), server.serving("borrower"));
    }

    @Test
    void whatTheServerHasIsTakenFromNoModule() {
        install("lender", "Export-Package", "dev.pawl.other,org.osgi.util.tracker;version=9.0");
        install("borrower", "Import-Package", API + ",org.osgi.util.tracker");

        assertEquals(List.of(), providers("borrower"));
    }

    @Test
    void anImportThatIsDecidedWhileTheModuleRunsFindsNoOtherModule() {
        server.deployer.install(
                module("lender")
                        .header("Export-Package", "lent")
                        .entry("lent/text", "lent")
                        .write(folder.resolve("l.jar")),
                TestServer.byHand());
        install("borrower", "DynamicImport-Package", "*");

        assertNull(bundle("borrower").getResource("lent/text"));
        assertEquals(List.of(), providers("borrower"));
    }

    @Test
    void aLostMemoryDoesNoHarm() throws Exception {
        install("lender", "Export-Package", "lent;version=1.0");
        install("borrower", "Import-Package", API + ",lent");
        server.close();
        Files.writeString(folder.resolve("data/modules.wired"), "\n \nnonsense");

        server.start();

        assertEquals(List.of("test.lender"), providers("borrower"));
    }
}
