package dev.pawl.samples.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Job files of the older system, with relative paths and in their order. */
final class OlderJobFilesTest {

    @TempDir
    Path folder;

    private Path root;
    private Path shared;

    @BeforeEach
    void makeFolders() throws IOException {
        root = Files.createDirectory(folder.toRealPath().resolve("work"));
        shared = Files.createDirectory(folder.toRealPath().resolve("shared"));
    }

    private static Map<String, Object> pair(String source, Object destination) {
        return Map.of("source", source, "destination", destination.toString());
    }

    private JobHarness job(Map<String, Object> inputs) {
        return JobHarness.of(CleanupModule::new)
                .inputs(inputs)
                .settings(Map.of("root", root.toString()))
                .roots(root, shared);
    }

    private static HarnessRun run(JobHarness job) {
        HarnessRun run = job.run();
        assertEquals(Outcome.COMPLETED, run.outcome(), () -> String.valueOf(run.thrown()));
        return run;
    }

    private static String refusal(JobHarness job) {
        HarnessRun run = job.run();
        assertEquals(Outcome.VALIDATION_FAILED, run.outcome(), () -> String.valueOf(run.thrown()));
        return String.valueOf(run.thrown().getMessage());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void allThreeListsAreDoneWithRelativePaths() throws Exception {
        Files.writeString(root.resolve("temp_1.mkv"), "1");
        Files.writeString(root.resolve("film.mkv"), "film");
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put("delete", List.of("temp_1.mkv", "temp_2.mkv"));
        inputs.put("copy", List.of(pair("film.mkv", shared.resolve("film.mkv"))));
        inputs.put("move", List.of(pair("film.mkv", shared.resolve("film.mkv"))));

        run(job(inputs));

        assertEquals(List.of(), names(root));
        assertEquals(List.of("film.mkv"), names(shared));
        assertEquals("film", Files.readString(shared.resolve("film.mkv")));
    }

    @Test
    void whatIsDeletedFirstMayBeMadeAfterwards() throws Exception {
        Files.writeString(shared.resolve("film.mkv"), "old");
        Files.writeString(root.resolve("film.mkv"), "new");
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put("delete", List.of(shared.resolve("film.mkv").toString()));
        inputs.put("move", List.of(pair("film.mkv", shared)));

        run(job(inputs));

        assertEquals("new", Files.readString(shared.resolve("film.mkv")));
    }

    @Test
    void theReverseOrderLosesNothing() throws Exception {
        Files.writeString(root.resolve("film.mkv"), "new");
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put("move", List.of(pair("film.mkv", shared)));
        inputs.put("delete", List.of(shared.resolve("film.mkv").toString()));

        String message = refusal(job(inputs));

        assertTrue(message.startsWith("delete[0] is " + shared.resolve("film.mkv") + ", where move[0] puts"), message);
        assertTrue(Files.exists(root.resolve("film.mkv")));
    }

    @Test
    void aRelativePathWithoutARootNamesTheSetting() {
        String message = refusal(JobHarness.of(CleanupModule::new)
                .inputs(Map.of("delete", List.of("a.mkv")))
                .roots(root));

        assertTrue(message.startsWith("delete[0] is \"a.mkv\", a relative path"), message);
        assertTrue(message.contains("the setting root"), message);
    }

    @Test
    void aRelativePathDoesNotLeadOutOfTheRoots() throws Exception {
        Path outside = Files.writeString(folder.resolve("outside"), "x");

        String message = refusal(job(Map.of("delete", List.of("../outside"))));

        assertTrue(message.contains("is refused"), message);
        assertTrue(Files.exists(outside));
    }

    @Test
    void aFileThatAnEarlierTaskMakesPasses() throws Exception {
        JobHarness job = job(Map.of("move", List.of(pair("made.mkv", shared.resolve("done.mkv")))));
        assertEquals(
                "move[0].source is " + root.resolve("made.mkv")
                        + ", which does not exist, and no earlier task of the job makes it.",
                refusal(job));

        HarnessRun notMade = job.earlierOutputs(root.resolve("made.mkv")).run();

        assertEquals(Outcome.RUN_FAILED, notMade.outcome());
        assertEquals(
                "The source " + root.resolve("made.mkv") + " does not exist.",
                notMade.thrown().getMessage());
    }

    @Test
    void aDestinationWithoutAFolderIsNamedBeforeAnythingRuns() throws Exception {
        Files.writeString(root.resolve("film.mkv"), "film");

        assertEquals(
                "move[0].destination is " + shared.resolve("no/film.mkv") + ", but there is no folder "
                        + shared.resolve("no") + "; create it first.",
                refusal(job(Map.of("move", List.of(pair("film.mkv", shared.resolve("no/film.mkv")))))));
        assertFalse(Files.exists(shared.resolve("no")));
    }

    @Test
    void aMovedLinkToAFileLeavesItsContentAtTheDestination() throws Exception {
        Path scratch = Files.writeString(root.resolve("scratch.mkv"), "film");
        Files.createSymbolicLink(root.resolve("film.mkv"), Path.of("scratch.mkv"));

        run(job(Map.of("move", List.of(pair("film.mkv", shared)))));

        assertFalse(Files.isSymbolicLink(shared.resolve("film.mkv")));
        assertEquals("film", Files.readString(shared.resolve("film.mkv")));
        assertEquals("film", Files.readString(scratch));
        assertEquals(List.of("scratch.mkv"), names(root));
    }
}
