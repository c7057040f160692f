package dev.pawl.it.console;

import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server of its own for each test, and a browser that is signed in as its admin. */
abstract class ConsoleCase {

    @TempDir
    Path folder;

    Server server;
    Api api;
    ConsoleTab console;

    @BeforeEach
    final void openConsole() throws Exception {
        server = Server.start(folder.resolve("data"), Path.of(System.getProperty("java.home")), environment());
        api = server.api();
        furnish();
        console = ConsoleTab.signedIn(server, folder.resolve("profile"));
    }

    /** The settings of the server. */
    Map<String, String> environment() {
        return Map.of();
    }

    /** Puts there what the tests find on the server. */
    void furnish() throws Exception {}

    /** Signs another browser in, which has a role; this one is closed. */
    final void asRole(String role) throws Exception {
        console.close();
        String token = api.post("/tokens", Map.of("name", "some " + role, "role", role))
                .expect(201)
                .get("token")
                .asText();
        console = ConsoleTab.open(server, folder.resolve("profile of " + role));
        console.go("design");
        console.type("#token", token);
        console.press("Sign in");
        console.await("it is signed in", "document.querySelector('.side a[href$=\"/jobs\"]')");
    }

    /** The names of what can be pressed on the page, without what is around it. */
    final String controls() {
        return console.value(
                        "[...document.querySelectorAll('main button, main a.button, main label.button')].filter(each => each.checkVisibility()).map(each => (each.getAttribute('aria-label') ?? each.textContent).trim()).join(' | ')")
                .asText()
                .replaceAll("\\s+", " ");
    }

    @AfterEach
    final void closeConsole() {
        if (console != null) {
            console.close();
        }
        if (server != null) {
            server.close();
        }
    }
}
