package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.job.UpdateMode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Changes that let running jobs end in the version they run in. */
final class FinishTest {

    private static final ChangeOptions FINISH = ChangeOptions.by("test").with(UpdateMode.FINISH);

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

    private final RecordingScheduler recording = new RecordingScheduler();

    @BeforeEach
    void start() throws Exception {
        server.install("1.0.0");
        server.deployer.bindScheduler(recording);
    }

    private void update(String version) {
        server.deployer.install(server.jar("alpha", version), InstallOptions.of(FINISH));
    }

    private Set<String> serving() {
        return Set.of(server.serving("alpha").orElse("none").split(" and "));
    }

    private void lastJobEnds() {
        recording.left.complete(null);
    }

    @Test
    void theNewVersionRunsBesideTheOldOneUntilItsLastJobHasEnded() {
        update("2.0.0");
        assertEquals(Set.of("1.0.0", "2.0.0"), serving());
        assertEquals(List.of("drain [alpha]", "retire", "release [alpha]"), recording.calls);

        lastJobEnds();
        eventually("the old one is gone", () -> serving().equals(Set.of("2.0.0")));
    }

    @Test
    void aVersionThatFailsLeavesTheOldOneAsItWas() {
        Path bad = module("alpha").version("2.0.0").failingActivator().write(folder.resolve("bad.jar"));

        assertThrows(ProblemException.class, () -> server.deployer.install(bad, InstallOptions.of(FINISH)));

        assertEquals(Set.of("1.0.0"), serving());
        assertEquals(List.of("drain [alpha]", "release [alpha]"), recording.calls);
    }

    @Test
    void aSecondUpdateMeanwhileRetiresTheSecondVersionToo() {
        update("2.0.0");
        CompletableFuture<Void> first = recording.left;
        recording.left = new CompletableFuture<>();
        update("3.0.0");
        assertEquals(Set.of("1.0.0", "2.0.0", "3.0.0"), serving());

        lastJobEnds();
        eventually("the second one is gone", () -> serving().equals(Set.of("1.0.0", "3.0.0")));
        first.complete(null);
        eventually("the first one is gone", () -> serving().equals(Set.of("3.0.0")));
    }

    @Test
    void goingBackTakesAVersionBackThatWasAboutToGo() {
        update("2.0.0");
        recording.calls.clear();
        server.deployer.rollback("alpha", null, FINISH);
        assertEquals(List.of("reinstate", "drain [alpha]", "retire", "release [alpha]"), recording.calls);

        lastJobEnds();
        eventually("the newer one is gone", () -> serving().equals(Set.of("1.0.0")));
    }

    @Test
    void anUninstalledModuleGoesWhenItsLastJobHasEnded() {
        server.deployer.uninstall("alpha", FINISH);
        assertTrue(server.deployer.deployment("alpha").isEmpty());
        assertEquals(Set.of("1.0.0"), serving());

        lastJobEnds();
        eventually("it is gone", () -> server.serving("alpha").isEmpty());
    }

    @Test
    void aDisabledModuleStopsWhenItsLastJobHasEnded() {
        server.deployer.disable("alpha", FINISH);
        assertEquals(Optional.of(false), server.deployer.deployment("alpha").map(deployment -> deployment.enabled()));
        assertEquals(Set.of("1.0.0"), serving());

        lastJobEnds();
        eventually(
                "it is stopped, and accepts jobs once it is started again",
                () -> server.serving("alpha").isEmpty()
                        && recording.calls.equals(List.of("drain [alpha]", "retire", "release [alpha]", "reinstate")));
        server.deployer.enable("alpha", FINISH);
        assertEquals(Set.of("1.0.0"), serving());
    }

    @Test
    void aModuleThatIsEnabledAgainMeanwhileStays() {
        server.deployer.disable("alpha", FINISH);
        server.deployer.enable("alpha", FINISH);
        assertEquals(List.of("drain [alpha]", "retire", "release [alpha]", "reinstate"), recording.calls);

        lastJobEnds();
        update("2.0.0"); // runs after anything that the end of the last job may have triggered
        assertTrue(serving().contains("2.0.0"));
    }

    @Test
    void aRestartMeanwhileLeavesTheNewVersionAlone() throws Exception {
        update("2.0.0");
        server.restart();
        assertEquals(Set.of("2.0.0"), serving());
    }
}
