package dev.pawl.samples.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FolderBackupTest extends BackupTest {

    private static final String LONG = "a-very-long-name-".repeat(14);

    /** Files of all kinds that an archive can keep. */
    private void fill() throws IOException {
        Path deep = Files.createDirectories(source.resolve("Ordner ü/" + LONG + "/" + LONG));
        Files.writeString(deep.resolve("東京 \\ \n.txt"), "tief");
        Files.writeString(source.resolve("empty"), "");
        Files.writeString(source.resolve("run.sh"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(source.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-x--x"));
        Files.createSymbolicLink(source.resolve("link"), Path.of("../outside/ü"));
        Files.createSymbolicLink(source.resolve("long link"), Path.of("x".repeat(300)));
        Files.createDirectory(source.resolve("empty folder"));
        Files.setPosixFilePermissions(source.resolve("empty folder"), PosixFilePermissions.fromString("r-xr-xr-x"));
        Files.setLastModifiedTime(
                source.resolve("run.sh"), FileTime.from(Instant.parse("2001-02-03T04:05:06.789012345Z")));
        Files.setLastModifiedTime(source.resolve("empty folder"), FileTime.from(Instant.parse("1999-12-31T00:00:00Z")));
        try (RandomAccessFile sparse =
                new RandomAccessFile(source.resolve("sparse").toFile(), "rw")) {
            sparse.seek(3 << 20);
            sparse.write(7);
            sparse.setLength(5 << 20);
        }
    }

    @Test
    void whatIsRestoredIsWhatWasBackedUp() throws IOException {
        fill();
        Path archive = backUp();
        Path into = Files.createDirectory(root.resolve("into"));

        HarnessRun run = completed(job(
                BackupModule::new,
                Map.of("action", "restore", "archive", archive.toString(), "into", into.toString())));

        assertEquals(contents(source), contents(into));
        assertEquals(into.toString(), run.results().get(0).get("output_folder"));
        long blocks = ((Number) Files.getAttribute(into.resolve("sparse"), "unix:size")).longValue();
        assertEquals(5 << 20, blocks);
    }

    @Test
    @NeedsProgram("zstd")
    void tarAndSha256sumReadTheArchive() throws Exception {
        fill();
        Path archive = backUp();
        assertTrue(archive.getFileName().toString().matches("home-\\d{8}T\\d{6}Z\\.tar\\.zst"));

        String list = output("tar", "--zstd", "-tf", archive.toString());
        assertTrue(list.contains("data/run.sh\n") && list.endsWith("manifest.sha256\n"), list);

        Path into = Files.createDirectory(root.resolve("by-tar"));
        output("tar", "--zstd", "-xpf", archive.toString(), "-C", into.toString());
        assertEquals(contents(source), contents(into.resolve("data")));
        String checked = output("sh", "-c", "cd by-tar && sha256sum --strict -c manifest.sha256");
        assertTrue(checked.contains("data/run.sh: OK"), checked);
    }

    @Test
    void whatIsExcludedIsNotInTheArchive() throws IOException {
        for (String name : List.of(
                "keep.txt",
                "no.tmp",
                "cache/x",
                "deep/cache/y",
                "deep/no.tmp",
                "logs/a/b.gz",
                "logs/b.txt",
                "top/z",
                "deep/top/z")) {
            Path file = source.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
        Path archive = backUp("exclude", List.of("*.tmp", "cache/", "logs/**/*.gz", "/top"));
        Path into = Files.createDirectory(root.resolve("into"));

        completed(job(
                BackupModule::new,
                Map.of("action", "restore", "archive", archive.toString(), "into", into.toString())));

        assertEquals(
                List.of("deep", "deep/top", "deep/top/z", "keep.txt", "logs", "logs/a", "logs/b.txt"),
                List.copyOf(contents(into).keySet()));
    }

    @Test
    @NeedsProgram("mkfifo")
    void whatIsNoFileIsLeftOutWithAWarning() throws Exception {
        output("mkfifo", source.resolve("pipe").toString());
        Files.writeString(source.resolve("a"), "a");

        HarnessRun run = completed(job(BackupModule::new, ofSource()));

        assertEquals(1, run.results().get(0).get("warnings"));
        assertEquals(1, run.results().get(0).get("entries"));
        assertTrue(run.lines().toString().contains("pipe was left out: it is a device, a socket or a pipe."));
        Files.delete(Path.of((String) run.results().get(0).get("output_file")));
        assertTrue(refusal(ofSource("on_problem", "fail"))
                .contains("With on_problem: warn the backup is made without it."));
        assertNothingLeft();
    }

    @Test
    void aFileThatChangesOrVanishesMeanwhileIsNamed() throws IOException {
        Files.write(source.resolve("a"), new byte[300_000]);
        Files.write(source.resolve("b"), new byte[300_000]);
        Files.write(source.resolve("c"), new byte[300_000]);
        JobHarness job = job(
                () -> new Meddled(look -> {
                    if (look == 5) { // three entries are counted, the fourth look is at a, the fifth at its first piece
                        truncate(source.resolve("a"), 70_000);
                        Files.write(source.resolve("b"), new byte[400_000]);
                        Files.delete(source.resolve("c"));
                    }
                }),
                ofSource());

        HarnessRun run = completed(job);

        String lines = run.lines().toString();
        assertTrue(lines.contains("a is in the archive, but not as it was at one moment: it became shorter"), lines);
        assertTrue(lines.contains("c was left out: it does not exist"), lines);
        assertEquals(2, run.results().get(0).get("warnings"));
        assertEquals(700_000, run.results().get(0).get("bytes"));
        assertTrue(lines.contains("The archive was read back"), lines);
    }

    private static void truncate(Path file, long length) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(length);
        }
    }

    @Test
    void nothingOutsideTheRootsIsRead() throws IOException {
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));

        HarnessRun run = job(BackupModule::new, ofSource()).roots(elsewhere).run();

        assertEquals(Outcome.VALIDATION_FAILED, run.outcome());
        assertNothingLeft();
    }

    @Test
    void inputsThatDoNotFitTogetherAreRefused() throws IOException {
        Path within = Files.createDirectory(source.resolve("archives"));

        assertTrue(refusal(ofSource("target", within.toString())).contains("lies in the folder to back up"));
        assertTrue(refusal(ofSource("name", "../x")).startsWith("name is \"../x\""));
        assertTrue(refusal(ofSource("action", "copy")).startsWith("action is \"copy\"; it takes"));
        assertTrue(refusal(ofSource("sqlite", "/x")).contains("2 of them are given"));
        assertTrue(refusal(ofSource("into", "/x")).startsWith("into is given"));
        assertTrue(refusal(ofSource("verify", false, "keep_last", 1)).startsWith("verify is false"));
        assertTrue(refusal(ofSource("exclude", List.of("[a"))).contains("which is no glob"));
        assertTrue(refusal(ofSource("on_problem", "ask")).startsWith("on_problem is \"ask\""));
        assertFalse(refusal(Map.of("action", "verify")).isEmpty());
        assertNothingLeft();
    }
}
