package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.browser.Tab;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in to the console, in a real browser against the real distribution. */
@NeedsProgram("chromium")
class ConsoleSignInIT {

    @TempDir
    Path folder;

    @Test
    void aTokenSignsInWhereAPersonWasAndTheSessionEndsWithIt() throws Exception {
        try (Server server = Server.start(folder.resolve("data"));
                ConsoleTab console = ConsoleTab.open(server, folder.resolve("profile"))) {
            console.go("jobs?status=failed");
            console.awaitText("Sign in to Pawl");
            assertEquals(List.of(), console.faults());
            console.picture("sign-in");
            console.type("#token", "pawl_wrong");
            console.press("Sign in");
            console.await("the refusal stands in the dialog", "document.querySelector('dialog .trouble')");
            assertEquals("", console.value("document.cookie").asText());

            String admin = Files.readString(folder.resolve("data/admin.token")).strip();
            console.type("#token", admin);
            console.press("Sign in");
            console.awaitText("No job matches");
            assertEquals("/console/jobs?status=failed", console.place());
            assertFalse(console.value(
                            "JSON.stringify([{...localStorage}, {...sessionStorage}]) + document.documentElement.outerHTML")
                    .asText()
                    .contains(admin));
            assertEquals("", console.value("document.cookie").asText(), "scripts see no cookie");

            console.press("You and your choices");
            console.awaitText("Role admin");
            console.press("Sign out");
            console.awaitText("Sign in to Pawl");
            assertEquals(List.of(), console.complaints());
        }
    }

    @Test
    void aViewerIsOfferedNothingThatTheServerWouldRefuse() throws Exception {
        try (Server server = Server.start(folder.resolve("data"));
                ConsoleTab console = ConsoleTab.open(server, folder.resolve("profile"))) {
            String job = server.api().start("hello", Map.of("name", "World"));
            server.api().awaitEnd(job);
            String viewer = server.api()
                    .post("/tokens", Map.of("name", "guest", "role", "viewer"))
                    .expect(201)
                    .get("token")
                    .asText();
            console.go("");
            console.type("#token", viewer);
            console.press("Sign in");
            console.awaitText("Last hour");
            assertFalse(console.value("document.body.innerText")
                    .asText()
                    .matches("(?s).*(Pause the queue|New job|Tokens|Audit).*"));
            console.open("jobs");
            console.awaitText("hello");
            assertEquals(0, console.count("input[type=checkbox]"));
            console.open("jobs/" + job);
            console.awaitText("requested");
            assertFalse(console.value("document.querySelector('main').innerText")
                    .asText()
                    .matches("(?s).*(Remove|Run again|Stop job).*"));
            console.go("tokens");
            console.awaitText("The page needs the role admin");
            assertEquals(List.of(), console.complaints());
        }
    }

    @Test
    void aCodeIsGoneFromTheAddressAndASpentOneSignsNobodyIn() throws Exception {
        try (Server server = Server.start(folder.resolve("data"));
                ConsoleTab console = ConsoleTab.signedIn(server, folder.resolve("profile"));
                ConsoleTab other = ConsoleTab.open(server, folder.resolve("other"))) {
            assertEquals("/console/", console.place());
            String code = server.api()
                    .post("/session/codes", Map.of())
                    .expect(201)
                    .get("code")
                    .asText();
            other.go("#code=" + code);
            other.awaitText("Last hour");
            try (ConsoleTab third = ConsoleTab.open(server, folder.resolve("third"))) {
                third.go("#code=" + code);
                third.awaitText("Sign in to Pawl");
                assertEquals("/console/", third.place());
            }
        }
    }

    @Test
    void aSignInInOneTabLetsTheOthersGoOn() throws Exception {
        try (Server server = Server.start(folder.resolve("data"));
                ConsoleTab first = ConsoleTab.open(server, folder.resolve("profile"))) {
            first.go("jobs");
            first.awaitText("Sign in to Pawl");
            String code = server.api()
                    .post("/session/codes", Map.of())
                    .expect(201)
                    .get("code")
                    .asText();
            Tab second = first.tab().another();
            second.show(server.url() + "/console/modules#code=" + code);
            Eventually.eventually("the one that came with a code shows its page", () -> second.value(
                            "document.body.innerText.includes('Hello World')")
                    .asBoolean());
            assertFalse(
                    second.value("Boolean(document.querySelector('dialog'))").asBoolean());
            first.tab().send("Page.bringToFront", Map.of());
            first.await("the other asks no more", "!document.querySelector('dialog')");
            first.awaitText("No jobs yet");
            assertEquals(List.of(), first.complaints());
        }
    }

    @Test
    void aServerThatAsksNobodySignsEverybodyInAndOneThatWasKilledComesBackByItself() throws Exception {
        Path data = folder.resolve("data");
        Map<String, String> open = Map.of("PAWL_AUTH", "off", "PAWL_API_PORT", freePort());
        Path java = Path.of(System.getProperty("java.home"));
        Server server = Server.start(data, java, open);
        try (ConsoleTab console = ConsoleTab.open(server, folder.resolve("profile"))) {
            console.open("jobs");
            console.awaitText("No jobs yet");
            server.kill();
            console.awaitText("Not live since");
            assertTrue(console.value("document.querySelector('main').classList.contains('dim')")
                    .asBoolean());
            server = Server.start(data, java, open);
            console.awaitText("The server is back");
            server.api().start("hello", Map.of("name", "again"));
            console.awaitText("hello");
            assertEquals(List.of(), console.complaints());
        } finally {
            server.close();
        }
    }

    private static String freePort() throws java.io.IOException {
        try (var socket = new java.net.ServerSocket(0)) {
            return String.valueOf(socket.getLocalPort());
        }
    }
}
