package dev.pawl.deploy.bundle;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static dev.pawl.deploy.TestServer.byHand;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.deploy.RecordingScheduler;
import dev.pawl.deploy.TestServer;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.job.JobMove;
import dev.pawl.service.job.UpdateMode;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class JobDrainTest {

    private static final List<JobMove> PARKED = List.of(new JobMove(RecordingScheduler.JOB, JobMove.Outcome.PARKED));

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

    private final RecordingScheduler recording = new RecordingScheduler();
    private final List<Optional<String>> servingAtEachCall = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        server.install("1.0.0");
        server.deployer.bindScheduler(recording);
        recording.atEachCall = () -> servingAtEachCall.add(server.serving("alpha"));
    }

    @Test
    void anUpdateTakesTheJobsOffBeforeTheOldVersionStopsAndLetsThemGoOnWithTheNewOne() {
        assertEquals(PARKED, server.install("2.0.0").jobs());

        assertEquals(List.of("drain [alpha]", "release [alpha]"), recording.calls);
        assertEquals(List.of(Optional.of("1.0.0"), Optional.of("2.0.0")), servingAtEachCall);
    }

    @Test
    void aFailedUpdateLetsTheJobsGoOnWithTheOldVersion() {
        Path bad = module("alpha").version("2.0.0").failingActivator().write(folder.resolve("bad.jar"));

        assertThrows(ProblemException.class, () -> server.deployer.install(bad, byHand()));

        assertEquals(List.of("drain [alpha]", "release [alpha]"), recording.calls);
        assertEquals(List.of(Optional.of("1.0.0"), Optional.of("1.0.0")), servingAtEachCall);
    }

    @Test
    void anUpdateWhoseModuleTheSchedulerDoesNotTakeIsPutBack() {
        recording.refusal = Optional.of("the default of count is \"many\".");

        ProblemException refused = server.refusal(server.jar("alpha", "2.0.0"));

        assertEquals(ProblemCode.ACTIVATION_FAILED, refused.code());
        assertTrue(
                String.valueOf(refused.getMessage())
                        .endsWith("its module alpha takes no jobs: the default of count is \"many\"."),
                refused.getMessage());
        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
    }

    @Test
    void aDryRunForetellsAndDisturbsNoJob() {
        InstallOptions dry = TestServer.dryRun();

        assertEquals(
                PARKED,
                server.deployer.install(server.jar("alpha", "2.0.0"), dry).jobs());
        assertEquals(List.of(), recording.calls);
    }

    @Test
    void disablingAndUninstallingTakeTheJobsOffFirst() {
        assertEquals(
                PARKED,
                server.deployer
                        .disable("alpha", ChangeOptions.by("test").with(UpdateMode.NOW))
                        .jobs());
        server.deployer.enable("alpha", ChangeOptions.by("test"));
        assertEquals(
                PARKED,
                server.deployer
                        .uninstall("alpha", ChangeOptions.by("test").with(UpdateMode.NOW))
                        .jobs());

        assertEquals(List.of("drain [alpha]", "release [alpha]", "drain [alpha]", "release [alpha]"), recording.calls);
        assertEquals(
                List.of(Optional.of("1.0.0"), Optional.empty(), Optional.of("1.0.0"), Optional.empty()),
                servingAtEachCall);
    }

    @Test
    void withoutASchedulerThereIsNothingToDrain() {
        server.deployer.unbindScheduler(recording);

        assertEquals(List.of(), server.install("2.0.0").jobs());
        assertEquals(List.of(), recording.calls);
    }
}
