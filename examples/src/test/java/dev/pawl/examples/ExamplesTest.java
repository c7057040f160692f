package dev.pawl.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples that need no server, tested as their authors would test them. The integration tests run the others. */
class ExamplesTest {

    @TempDir
    Path folder;

    @Test
    void theSumIsRightWhereverTheJobWasInterrupted() {
        JobHarness job = JobHarness.of(CheckpointExample::new)
                .inputs(Map.of("up_to", 1_000))
                .pauseAtCheckpoint(3);

        HarnessRun paused = job.run();
        HarnessRun ended = job.run();

        assertEquals(Outcome.PAUSED, paused.outcome());
        assertEquals(300, paused.checkpoint().get("added"));
        assertEquals(List.of(Map.of("sum", 500_500)), ended.results());
    }

    @Test
    void aCheckpointOfAFormerVersionIsGoneOnFrom() {
        HarnessRun run = JobHarness.of(MigrationExample::new)
                .inputs(Map.of("names", List.of("Ada", "Grace", "Barbara")))
                .from(Map.of("done", List.of("Ada", "Grace")), "0.0.9")
                .run();

        assertEquals(List.of(Map.of("greeting", "Hello, Barbara!")), run.results());
        assertEquals(Map.of("next", 3), run.checkpoint());
    }

    @Test
    void settingsHaveDefaultsAndSecretsAreMasked() {
        HarnessRun run = JobHarness.of(SettingsExample::new)
                .settings(Map.of("timeout", "5s", "password", "correct horse"))
                .run();

        assertEquals(List.of(Map.of("service", "https://example.org/", "timeout_s", 5)), run.results());
        assertEquals(List.of("Would log in with ********"), run.lines());
    }

    @Test
    void theDocumentOutlivesTheJob() {
        JobHarness job = JobHarness.of(DataExample::new);

        job.run();
        HarnessRun second = job.run();

        assertTrue(second.results().contains(Map.of("visits", 2)), () -> second.results()
                .toString());
        assertEquals(Optional.of(2), job.data().get("visits").map(document -> document.get("count")));
    }

    @Test
    void theLastFrameIsTheWhole() {
        HarnessRun run =
                JobHarness.of(ProgressExample::new).inputs(Map.of("frames", 7)).run();

        assertEquals(100, run.percent());
    }

    @Test
    void theLinksOfAPageAreListed() {
        HarnessRun run = JobHarness.of(EmbeddedLibraryExample::new)
                .inputs(Map.of("html", "<p><a href='https://example.org/'>an <b>example</b></a><a>no link</a>"))
                .run();

        assertEquals(List.of(Map.of("text", "an example", "address", "https://example.org/")), run.results());
    }

    @Test
    void whatNobodyWroteIsNotRead() {
        HarnessRun run = JobHarness.of(SeveralTasksExample::new)
                .inputs(Map.of("step", "READ"))
                .workDir(folder)
                .run();

        assertEquals(Outcome.RUN_FAILED, run.outcome());
    }
}
