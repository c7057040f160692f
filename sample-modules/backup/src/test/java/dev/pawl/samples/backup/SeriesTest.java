package dev.pawl.samples.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.JobHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SeriesTest extends BackupTest {

    /** Makes an archive of the series under the name of another time, verified by the job that will need its note. */
    private Path older(JobHarness job, String time) throws IOException {
        Path made = backUp();
        Path older = Files.move(made, archives.resolve("home-" + time + ".tar.zst"));
        HarnessRun verified = job.inputs(Map.of("action", "verify", "archive", older.toString()))
                .run();
        assertEquals(true, verified.results().get(0).get("verified"), () -> String.valueOf(verified.thrown()));
        return older;
    }

    private JobHarness fresh(JobHarness noted, Object... more) {
        JobHarness job = job(BackupModule::new, ofSource(more));
        for (String name : noted.data().names()) {
            job.data().put(name, noted.data().get(name).orElseThrow());
        }
        return job;
    }

    @Test
    void onlyVerifiedArchivesOfTheSeriesAreDeleted() throws IOException {
        Files.writeString(source.resolve("a"), "a");
        JobHarness first = job(BackupModule::new, ofSource());
        JobHarness second = job(BackupModule::new, ofSource());
        Path noted = older(first, "20010101T000000Z");
        Path replaced = older(second, "20010102T000000Z");
        Files.writeString(replaced, "something else");
        Path unknown = Files.copy(
                noted, archives.resolve("home-20010103T000000Z.tar.zst"), StandardCopyOption.COPY_ATTRIBUTES);
        Path other = Files.copy(noted, archives.resolve("home-two-20010103T000000Z.tar.zst"));
        JobHarness job = fresh(first, "keep_last", 1);
        for (String name : second.data().names()) {
            job.data().put(name, second.data().get(name).orElseThrow());
        }

        HarnessRun run = completed(job);

        Path made = Path.of((String) run.results().get(0).get("output_file"));
        assertEquals(List.of(noted.toString()), run.results().get(0).get("deleted"));
        assertEquals(
                List.of(replaced, unknown, made, other).stream()
                        .map(Path::getFileName)
                        .map(Path::toString)
                        .sorted()
                        .toList(),
                names(archives));
    }

    @Test
    void theNewestArchiveIsTheOneThatIsVerifiedUnlessAnotherIsNamed() throws IOException {
        Files.writeString(source.resolve("a"), "a");
        older(job(BackupModule::new, ofSource()), "20010101T000000Z");
        Path newest = backUp();

        HarnessRun run = completed(
                job(BackupModule::new, Map.of("action", "verify", "target", archives.toString(), "name", "home")));

        assertEquals(newest.toString(), run.results().get(0).get("archive"));
        assertTrue(refusal(Map.of("action", "verify", "target", archives.toString(), "name", "none"))
                .contains("there is no archive of that series"));
    }
}
