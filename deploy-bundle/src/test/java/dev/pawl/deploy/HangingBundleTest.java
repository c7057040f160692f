package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static dev.pawl.deploy.TestServer.byHand;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed.Change;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Bundles whose start or stop does not return; each is given one second. */
final class HangingBundleTest {

    private static final String FREE = "test.free";

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"), Map.of("pawl.activation.timeout", "1s"));

    @BeforeEach
    void start() throws Exception {
        System.clearProperty(FREE);
        install(module("alpha"));
    }

    @AfterEach
    void stop() {
        System.setProperty(FREE, "true");
    }

    private Change install(ModuleJarBuilder jar) {
        return server.deployer
                .install(jar.write(folder.resolve("module.jar")), byHand())
                .change();
    }

    private ProblemException refusal(ModuleJarBuilder jar) {
        ProblemException refused = assertThrows(ProblemException.class, () -> install(jar));
        assertEquals(ProblemCode.ACTIVATION_FAILED, refused.code());
        return refused;
    }

    @Test
    void anActivatorThatWaitsIsInterruptedAndTheFormerVersionIsBack() {
        Map<String, String> before = server.state();

        ProblemException refused = refusal(module("alpha").version("2.0.0").waitingActivator());

        String message = String.valueOf(refused.getMessage());
        assertTrue(
                message.startsWith(
                        "The bundle test.alpha 2.0.0 did not start within 1 s. It waited in "
                                + "test.Waiting.start(Waiting.java:1). Constructors, activators and static initializers return at once"),
                message);
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
        assertEquals(before, server.state());
        HistoryEntry line = server.deployer.history("alpha", 1).get(0);
        assertEquals(HistoryEntry.Outcome.FAILED, line.outcome());
        assertEquals(refused.getMessage(), line.detail());
    }

    @Test
    void anActivatorThatNeverComesBackIsLeftBehindAndOthersGoOn() {
        Map<String, String> before = server.state();

        Path stubborn = module("alpha").version("2.0.0").stubbornActivator().write(folder.resolve("stubborn.jar"));

        ProblemException refused =
                assertThrows(ProblemException.class, () -> server.deployer.install(stubborn, byHand()));

        assertTrue(refused.getMessage().contains("did not start within 1 s; its thread does not end"));
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
        assertEquals(
                "The bundle test.alpha 2.0.0 was tried before, and one of its threads does not end; restart the server"
                        + " first.",
                assertThrows(ProblemException.class, () -> server.deployer.install(stubborn, byHand()))
                        .getMessage());
        assertEquals(Change.UPDATED, install(module("alpha").version("3.0.0")));
        assertEquals(Change.INSTALLED, install(module("beta")));
        assertEquals(Optional.of("3.0.0"), server.serving("alpha"));

        System.setProperty(FREE, "true");
        eventually(() -> assertTrue(
                server.state().keySet().stream().noneMatch(name -> name.contains("test.alpha 2.0.0")),
                () -> before + " then " + server.state()));
    }

    @Test
    void aVersionThatNeverStopsMakesRoomAllTheSame() {
        install(module("alpha").version("2.0.0").neverStopping());

        assertEquals(Change.UPDATED, install(module("alpha").version("3.0.0")));

        assertEquals(Optional.of("3.0.0"), server.serving("alpha"));
        assertEquals(Change.UPDATED, install(module("alpha").version("4.0.0")));
        System.setProperty(FREE, "true");
        eventually(() -> assertEquals(
                1, server.bundles().installed().size(), () -> server.state().toString()));
    }

    @Test
    void oneThatNeverStopsCanBeDisabledAndHoldsNobodyUp() {
        install(module("alpha").version("2.0.0").neverStopping());

        server.deployer.disable("alpha", ChangeOptions.by("test"));
        server.deployer.disable("alpha", ChangeOptions.by("test"));

        assertEquals(Change.INSTALLED, install(module("beta")));
        assertEquals(Optional.of("1.0.0"), server.serving("beta"));
        System.setProperty(FREE, "true");
        eventually(() -> assertEquals(Optional.empty(), server.serving("alpha")));
    }
}
