package dev.pawl.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.RunException;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WholeFileTest {

    @TempDir
    Path temporary;

    private Path folder;
    private Path target;
    private int written;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = temporary.toRealPath();
        target = folder.resolve("film.mkv");
    }

    private JobHarness job() {
        return JobHarness.of(() -> task -> {
            if (!WholeFile.finish(task, target)) {
                try (WholeFile file = WholeFile.of(task, target)) {
                    Files.writeString(file.temporary(), "film " + ++written);
                    file.publish();
                }
            }
        });
    }

    private List<String> names() throws IOException {
        try (Stream<Path> names = Files.list(folder)) {
            return names.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void itHasItsNameWhenItIsWholeAndNoOtherFileIsLeft() throws IOException {
        Files.writeString(target, "former");

        assertEquals(Outcome.COMPLETED, job().run().outcome());
        assertEquals("film 1", Files.readString(target));
        assertEquals(List.of("film.mkv"), names());
    }

    @Test
    void oneThatIsNotPublishedIsDeletedAndTheFormerOneStays() throws IOException {
        Files.writeString(target, "former");
        JobHarness job = JobHarness.of(() -> task -> {
            try (WholeFile file = WholeFile.of(task, target)) {
                Files.writeString(file.temporary(), "half");
                assertTrue(file.temporary().getFileName().toString().matches("\\.pawl-.*\\.mkv"));
                throw new RunException("The encoder failed.");
            }
        });

        assertEquals(Outcome.RUN_FAILED, job.run().outcome());
        assertEquals("former", Files.readString(target));
        assertEquals(List.of("film.mkv"), names());
    }

    @Test
    void aRunThatEndsBetweenTheLastByteAndTheNameIsFinishedByTheNext() throws IOException {
        JobHarness job = job().pauseAtCheckpoint(1);

        assertEquals(Outcome.PAUSED, job.run().outcome());
        assertFalse(Files.exists(target));
        assertEquals(Outcome.COMPLETED, job.run().outcome());
        assertEquals("film 1", Files.readString(target));
        assertEquals(List.of("film.mkv"), names());
    }

    @Test
    void whatAKilledRunLeftIsReplaced() throws IOException {
        JobHarness job = JobHarness.of(() -> task -> {
            try (WholeFile file = WholeFile.of(task, target)) {
                assertFalse(Files.exists(file.temporary()));
                Files.writeString(file.temporary(), "half");
                if (task.epoch() == 1) {
                    Files.createLink(folder.resolve("kept"), file.temporary());
                    task.emit(Map.of("killed", true));
                }
                file.publish();
            } finally {
                if (task.epoch() == 1) { // a killed process deletes nothing
                    Files.move(
                            folder.resolve("kept"),
                            WholeFile.resume(task, target).temporary());
                }
            }
        });
        job.killAtEmit(1);

        assertEquals(Outcome.KILLED, job.run().outcome());
        assertEquals(1, names().size());
        assertEquals(Outcome.COMPLETED, job.run().outcome());
        assertEquals(List.of("film.mkv"), names());
    }
}
