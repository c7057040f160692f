package dev.pawl.samples.matroska;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Media in a folder that the module may access, and jobs with them. */
abstract class MkvmergeJobs {

    @TempDir
    static Path media;

    @TempDir
    Path folder;

    Path root;

    @BeforeAll
    static void makeMedia() throws Exception {
        Media.movie(media.resolve("movie.mkv"));
        Media.sound(media.resolve("sound.ac3"));
    }

    @BeforeEach
    void fillRoot() throws IOException {
        root = Files.createDirectory(folder.toRealPath().resolve("root"));
        Files.copy(media.resolve("movie.mkv"), root.resolve("movie.mkv"));
        Files.copy(media.resolve("sound.ac3"), root.resolve("sound.ac3"));
        Media.subtitles(root.resolve("full_eng.srt"));
        Media.font(root.resolve("test.ttf"));
    }

    JobHarness job(String data) throws IOException {
        return JobHarness.of(MkvmergeModule::new)
                .inputs(JSON.std.mapFrom(data.replace("ROOT", root.toString())))
                .settings(Map.of("root", root.toString()))
                .workDir(folder)
                .roots(root);
    }

    static HarnessRun complete(JobHarness job) {
        HarnessRun run = job.run();
        assertEquals(Outcome.COMPLETED, run.outcome(), () -> run.thrown() + " " + run.lines());
        return run;
    }

    static String message(HarnessRun run, Outcome outcome) {
        assertEquals(outcome, run.outcome(), () -> run.thrown() + " " + run.lines());
        return String.valueOf(run.thrown().getMessage());
    }

    List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
