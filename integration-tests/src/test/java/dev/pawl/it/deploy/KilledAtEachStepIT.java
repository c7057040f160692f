package dev.pawl.it.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.saboteur.Saboteur;
import dev.pawl.it.modules.saboteur.SaboteurModule;
import dev.pawl.it.modules.steps.StepsModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Effort;
import dev.pawl.it.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the real server with SIGKILL in the middle of each step that the framework makes for a change, and starts it again: it comes
 * up with either the old or the new version, complete and working, and the same change then succeeds.
 */
class KilledAtEachStepIT {

    private static final int MOST_STEPS = 40;

    /** Tries every second step, since each costs a start of the server; the deployer's own tests cover all steps. */
    private static final int STRIDE = Effort.of(2, 1);

    private static final String ABSENT = "absent";

    @TempDir
    Path folder;

    private Path data;
    private Server server;

    /** Requests a change from the server; there is no answer when the server is killed. */
    private interface Change {
        void ask(Api api, int round);
    }

    @BeforeEach
    void start() {
        data = folder.resolve("data");
        server = Server.start(data);
        Map<String, String> activator = Map.of("Bundle-Activator", Saboteur.class.getName());
        upload(ModuleJar.of(SaboteurModule.class, "1.0.0", folder, activator));
        upload(steps(1));
        upload(steps(2));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path steps(int version) {
        return ModuleJar.of(StepsModule.class, version + ".0.0", folder);
    }

    private void upload(Path jar) {
        server.api().upload(jar, "").expect(200);
    }

    private String version() {
        Api.Answer answer = server.api().get("/modules/steps");
        if (answer.status() == 404) {
            return ABSENT;
        }
        JsonNode module = answer.expect(200);
        assertEquals("ready", module.get("state").asText(), module.toString());
        assertEquals(module.get("version"), module.at("/deployment/version"));
        return module.get("version").asText();
    }

    private void assertWorks(String version) {
        String job = server.api().start("steps", Map.of("steps", 2, "pause_ms", 0));
        assertEquals("completed", server.api().awaitEnd(job).get("status").asText());
        List<JsonNode> results = server.api().results(job);
        assertEquals(2, results.size());
        results.forEach(result -> assertEquals(version, result.get("version").asText()));
    }

    /** Kills the server at the first step, at the next and so on until the change succeeds; returns the versions after the restarts. */
    private Set<String> outcomes(Change change, Runnable prepare) {
        Set<String> outcomes = new HashSet<>();
        for (int step = 1; step <= MOST_STEPS; step += STRIDE) {
            prepare.run();
            String before = version();
            order(Integer.toString(step));
            boolean answered = isAnswered(change, step);
            withdraw();
            if (answered) {
                assertTrue(step > 4, "It was killed at only " + (step - 1) + " steps.");
                return outcomes;
            }
            server.close();
            server = Server.start(data);
            String after = version();
            outcomes.add(after.equals(before) ? "before" : "after");
            if (!after.equals(ABSENT)) {
                assertWorks(after);
            }
            assertNothingIsLeftOver();
        }
        throw new AssertionError("It was killed at " + MOST_STEPS + " steps.");
    }

    private boolean isAnswered(Change change, int round) {
        try {
            change.ask(server.api(), round);
            return server.isAlive();
        } catch (RuntimeException killed) {
            return false;
        }
    }

    private void order(String step) {
        try {
            Path written = Files.writeString(data.resolve("kill-at.new"), step);
            Files.move(written, data.resolve("kill-at"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void withdraw() {
        try {
            Files.delete(data.resolve("kill-at"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertNothingIsLeftOver() {
        try (Stream<Path> files = Files.list(data.resolve("artifacts"))) {
            List<Path> staged = files.filter(
                            file -> file.getFileName().toString().startsWith("."))
                    .toList();
            assertTrue(staged.isEmpty(), staged::toString);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anUpdateEndsBeforeOrAfter() {
        assertEquals(
                Set.of("before", "after"),
                outcomes((api, round) -> api.upload(steps(10 + round), "").expect(200), () -> {}));
    }

    @Test
    void aRollbackEndsBeforeOrAfter() {
        assertEquals(
                Set.of("before", "after"),
                outcomes(
                        (api, round) ->
                                api.post("/modules/steps/rollback", Map.of()).expect(200),
                        () -> {}));
    }

    @Test
    void anUninstallEndsBeforeOrAfter() {
        assertEquals(
                Set.of("before", "after"),
                outcomes((api, round) -> api.delete("/modules/steps").expect(200), () -> {
                    if (version().equals(ABSENT)) {
                        upload(steps(3));
                    }
                }));
        assertFalse(server.api().get("/modules/steps").status() == 200);
    }

    @Test
    void aFirstInstallThatIsKilledLeavesNothing() { // the framework makes no step after the record has been written
        assertEquals(
                Set.of("before"),
                outcomes((api, round) -> api.upload(steps(3), "").expect(200), () -> {
                    if (!version().equals(ABSENT)) {
                        server.api().delete("/modules/steps").expect(200);
                    }
                }));
    }
}
