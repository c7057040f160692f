package dev.pawl.samples.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ends a run with every kind of step at each checkpoint and between checkpoints: the next run ends as if the first had never been
 * interrupted.
 */
final class KilledAnywhereTest {

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final int STEPS = 7;

    @TempDir
    Path folder;

    private Path elsewhere;

    @BeforeEach
    void findAnotherFileSystem() throws IOException {
        assumeTrue(Files.isWritable(MEMORY), "there is a second file system");
        elsewhere = Files.createTempDirectory(MEMORY, "pawl");
        assumeTrue(
                !Files.getFileStore(elsewhere).equals(Files.getFileStore(folder)),
                "the second file system differs from the first");
    }

    @AfterEach
    void emptyIt() throws IOException {
        Deletion.deleteTree(elsewhere);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"PAUSED", "KILLED"})
    void endsAsIfNothingHadBeen(Outcome how) throws Exception {
        int ends = 0;
        Outcome outcome;
        do {
            Path here = Files.createDirectory(folder.resolve("round" + ends));
            Path there = Files.createDirectory(elsewhere.resolve("round" + ends));
            JobHarness job = fixture(here, there);
            if (how == Outcome.PAUSED) {
                job.pauseAtCheckpoint(ends + 1); // a step is about to be taken or has just been taken
            } else {
                job.killAtEmit(ends + 1); // a step was taken but the checkpoint does not say so
            }
            outcome = job.run().outcome();
            if (outcome == how) {
                assertEquals(Outcome.COMPLETED, job.run().outcome());
            }

            checkEnd(here, there);
            ends++;
        } while (outcome == how);

        assertEquals(Outcome.COMPLETED, outcome);
        assertTrue(ends > STEPS, "ends: " + ends);
    }

    private static JobHarness fixture(Path here, Path there) throws IOException {
        Files.writeString(here.resolve("file"), "file");
        Files.writeString(here.resolve("moved"), "moved");
        Files.writeString(here.resolve("far"), "far");
        Files.writeString(here.resolve("old"), "old");
        Files.createDirectories(here.resolve("tree/sub"));
        Files.writeString(here.resolve("tree/sub/leaf"), "leaf");
        Files.createDirectories(here.resolve("forest/sub"));
        Files.writeString(here.resolve("forest/sub/leaf"), "leaf");
        Map<String, Object> inputs = new LinkedHashMap<>(); // the lists are done in their order
        inputs.put("copy", List.of(step(here, "file", here, "copy"), step(here, "tree", here, "treecopy")));
        inputs.put(
                "move",
                List.of(
                        step(here, "moved", here, "renamed"),
                        step(here, "far", there, "far"),
                        step(here, "forest", there, "forest"),
                        step(here, "tree", here, "trunk")));
        inputs.put("delete", List.of(here.resolve("old").toString()));
        return JobHarness.of(CleanupModule::new).roots(here, there).inputs(inputs);
    }

    private static Map<String, Object> step(Path from, String source, Path to, String destination) {
        return Map.of(
                "source", from.resolve(source).toString(),
                "destination", to.resolve(destination).toString());
    }

    private static void checkEnd(Path here, Path there) throws IOException {
        assertEquals(List.of("copy", "file", "renamed", "treecopy", "trunk"), names(here));
        assertEquals(List.of("far", "forest"), names(there));
        assertEquals("file", Files.readString(here.resolve("copy")));
        assertEquals("leaf", Files.readString(here.resolve("treecopy/sub/leaf")));
        assertEquals("leaf", Files.readString(here.resolve("trunk/sub/leaf")));
        assertEquals("moved", Files.readString(here.resolve("renamed")));
        assertEquals("far", Files.readString(there.resolve("far")));
        assertEquals("leaf", Files.readString(there.resolve("forest/sub/leaf")));
        assertFalse(Files.exists(here.resolve("far"), LinkOption.NOFOLLOW_LINKS));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
