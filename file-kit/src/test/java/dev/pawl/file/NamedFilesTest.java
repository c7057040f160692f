package dev.pawl.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.JobHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NamedFilesTest {

    @TempDir
    Path temporary;

    private Path folder;

    private interface Look {
        Path at(NamedFiles files) throws ValidationException;
    }

    /** A module that looks at one file in validate. */
    private record Looking(@Nullable String root, Look look, AtomicReference<Path> seen) implements Module {
        @Override
        public void validate(TaskContext task) throws ValidationException {
            seen.set(look.at(NamedFiles.of(task, root)));
        }

        @Override
        public void run(TaskContext task) {}
    }

    @BeforeEach
    void makeFolder() throws IOException {
        folder = temporary.toRealPath();
    }

    private JobHarness job(@Nullable String root, Look look, AtomicReference<Path> seen) {
        return JobHarness.of(() -> new Looking(root, look, seen)).roots(folder);
    }

    private Path found(@Nullable String root, Look look) {
        AtomicReference<Path> seen = new AtomicReference<>();
        HarnessRun run = job(root, look, seen).run();
        assertEquals(HarnessRun.Outcome.COMPLETED, run.outcome(), () -> String.valueOf(run.thrown()));
        return seen.get();
    }

    private String refusal(@Nullable String root, Look look) {
        Throwable thrown = job(root, look, new AtomicReference<>()).run().thrown();
        return String.valueOf(
                assertInstanceOf(ValidationException.class, thrown).getMessage());
    }

    @Test
    void relativeNamesAreTakenAgainstTheRootAndRefusedWithoutOne() throws IOException {
        Path film = Files.createFile(Files.createDirectory(folder.resolve("in")).resolve("film.mkv"));

        assertEquals(film, found(folder.toString(), files -> files.source("source", "in/film.mkv")));
        assertEquals(film, found(null, files -> files.source("source", film.toString())));
        String said = refusal(null, files -> files.source("source", "in/film.mkv"));
        assertTrue(
                said.startsWith("source is \"in/film.mkv\", a relative path;") && said.contains("setting root"), said);
        assertTrue(refusal("relative", files -> files.path("source", "x")).contains("takes an absolute path"));
    }

    @Test
    void aRelativeNameThatLeavesTheRootsIsRefused() {
        String said = refusal(folder.toString(), files -> files.source("source", "../../etc/passwd"));

        assertTrue(said.contains("outside the roots"), said);
    }

    @Test
    void aSourceIsAReadableFileOrOneThatAnEarlierTaskMakes() throws IOException {
        String missing = folder.resolve("missing").toString();
        AtomicReference<Path> seen = new AtomicReference<>();
        Look look = files -> files.source("source", missing);

        assertTrue(refusal(null, look).contains("does not exist, and no earlier task of the job makes it"));
        assertTrue(refusal(null, files -> files.source("source", folder.toString()))
                .contains("no regular file"));
        assertTrue(refusal(null, files -> files.source("source", "")).contains("is empty"));
        assertTrue(refusal(null, files -> files.source("source", "a\0b")).contains("is no path"));
        job(null, look, seen).earlierOutputs(folder.resolve("missing")).run();
        assertEquals(folder.resolve("missing"), seen.get());
    }

    @Test
    void aTargetIsAFreePlaceInAFolderThatIsThere() throws IOException {
        Path taken = Files.createFile(folder.resolve("taken"));

        assertEquals(
                folder.resolve("free"),
                found(
                        null,
                        files -> files.target(
                                "output_file", folder.resolve("free").toString(), false)));
        assertEquals(taken, found(null, files -> files.target("output_file", taken.toString(), true)));
        assertTrue(refusal(null, files -> files.target("output_file", taken.toString(), false))
                .contains("exists already; remove it, or set overwrite"));
        Path inner = Files.createDirectory(folder.resolve("inner"));
        assertTrue(refusal(null, files -> files.target("output_file", inner.toString(), true))
                .contains("is a folder"));
        assertTrue(refusal(null, files -> files.target("output_file", folder + "/no/x", true))
                .contains("there is no folder " + folder.resolve("no")));
    }

    @Test
    void aFolderIsTakenForAFolderAlone() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertEquals(folder, found(null, files -> files.sourceFolder("source", folder.toString())));
        assertEquals(folder, found(null, files -> files.targetFolder("folder", folder.toString())));
        assertTrue(refusal(null, files -> files.sourceFolder("source", file.toString()))
                .contains("is no folder"));
        assertTrue(refusal(null, files -> files.targetFolder("folder", folder + "/no"))
                .contains("does not exist"));
    }
}
