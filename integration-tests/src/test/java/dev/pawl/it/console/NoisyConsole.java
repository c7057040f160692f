package dev.pawl.it.console;

import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.noisy.NoisyModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** One server with the noisy module for all tests of a class, and a browser that is signed in as its admin. */
abstract class NoisyConsole {

    @TempDir
    static Path folder;

    static Server server;
    static Api api;
    static ConsoleTab console;

    @BeforeAll
    static void openConsole() throws Exception {
        server = Server.start(folder.resolve("data"));
        api = server.api();
        api.upload(ModuleJar.of(NoisyModule.class, "1.4.0", folder), "").expect(200);
        console = ConsoleTab.signedIn(server, folder.resolve("profile"));
    }

    @AfterAll
    static void closeConsole() {
        if (console != null) {
            console.close();
        }
        if (server != null) {
            server.close();
        }
    }
}
