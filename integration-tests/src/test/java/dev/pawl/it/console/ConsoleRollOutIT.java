package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.cluster.Cluster;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.steps.StepsModule;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A roll-out over two servers on the page of its module, in a real browser at the server that is not the first of it. */
@NeedsProgram("chromium")
@Tag("nightly") // two servers, their database and two browsers; RollsOutTest has the events by which the page follows
class ConsoleRollOutIT {

    @TempDir
    private Path folder;

    private Cluster cluster;
    private Server first;
    private Server other;

    @BeforeEach
    void startTwoServers() throws Exception {
        cluster = new Cluster(folder);
        first = cluster.start("first");
        other = cluster.start("other");
        first.api().upload(ModuleJar.of(StepsModule.class, "1.0.0", folder), "").expect(200);
        awaitVersion(other, "1.0.0");
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
    }

    private static void awaitVersion(Server server, String version) {
        Eventually.eventually(version + " is there", () -> {
            var answer = server.api().get("/modules/steps");
            return answer.status() == 200
                    && answer.body().get("version").asText().equals(version);
        });
    }

    @Test
    void aVersionThatIsHeldOnItsFirstServerIsPromotedByAnAdmin() throws Exception {
        try (ConsoleTab console = ConsoleTab.signedIn(other, folder.resolve("profile"))) {
            console.open("modules/steps");
            first.api()
                    .upload(ModuleJar.of(StepsModule.class, "2.0.0", folder), "?canary=1")
                    .expect(200);
            console.awaitText("Held on its first server: 1.0.0 → 2.0.0");
            console.awaitText("first serving");
            assertTrue(console.value("document.querySelector('main').innerText")
                    .asText()
                    .contains("Jobs of the other servers run on the version before."));
            console.assertSound("module-held");
            asOperator(tab -> {
                tab.open("modules/steps");
                tab.awaitText("Held on its first server");
                assertFalse(tab.value("[...document.querySelectorAll('main button')].map(each => each.textContent)")
                        .toString()
                        .contains("Promote"));
            });

            console.press("Promote");
            console.awaitText("2.0.0 goes on to the other servers.");

            awaitVersion(other, "2.0.0");
            console.await(
                    "the roll-out is over", "!document.querySelector('main').innerText.includes('1.0.0 → 2.0.0')");
            console.await(
                    "the page has the new version", "document.querySelector('.page-head').innerText.includes('2.0.0')");
            assertEquals(List.of(), console.complaints());
        }
    }

    private interface Look {
        void at(ConsoleTab tab) throws Exception;
    }

    private void asOperator(Look look) throws Exception {
        String token = other.api()
                .post("/tokens", Map.of("name", "some operator", "role", "operator"))
                .expect(201)
                .get("token")
                .asText();
        try (ConsoleTab tab = ConsoleTab.open(other, folder.resolve("operator"))) {
            tab.go("design");
            tab.type("#token", token);
            tab.press("Sign in");
            tab.await("it is signed in", "document.querySelector('.side a[href$=\"/jobs\"]')");
            look.at(tab);
        }
    }
}
