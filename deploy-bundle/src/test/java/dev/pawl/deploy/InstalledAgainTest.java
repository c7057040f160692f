package dev.pawl.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.service.deploy.ChangeOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class InstalledAgainTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

    @Test
    void whatWasThereBeforeABundleWasUninstalledIsNoFormerVersionOfTheNextOne() throws Exception {
        server.install("1.0.0");
        server.install("2.0.0");
        server.deployer.uninstall("alpha", ChangeOptions.by("test"));

        String bundle = server.install("3.0.0").deployment().bundle();

        assertEquals(List.of(), server.records.former(bundle), "their jars have been removed");
        assertEquals(List.of(), server.deployer.former("alpha"));
        assertEquals(4, server.deployer.history("alpha", 10).size());
    }
}
