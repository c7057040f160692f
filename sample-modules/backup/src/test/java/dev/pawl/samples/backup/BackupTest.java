package dev.pawl.samples.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Module;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The folders, jobs and programs of a test. */
abstract class BackupTest {

    @TempDir
    Path root;

    /** Outside the roots, as on a server. */
    @TempDir
    Path work;

    Path source;
    Path archives;

    @BeforeEach
    void makeFolders() throws IOException {
        source = Files.createDirectory(root.resolve("source"));
        archives = Files.createDirectory(root.resolve("archives"));
    }

    JobHarness job(Supplier<? extends Module> module, Map<String, ?> inputs) {
        return JobHarness.of(module).roots(root).workDir(work).inputs(inputs);
    }

    /** The inputs of a backup of the source. */
    Map<String, Object> ofSource(Object... more) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put("folder", source.toString());
        inputs.put("target", archives.toString());
        inputs.put("name", "home");
        for (int n = 0; n < more.length; n += 2) {
            inputs.put((String) more[n], more[n + 1]);
        }
        return inputs;
    }

    static HarnessRun completed(JobHarness job) {
        HarnessRun run = job.run();
        assertEquals(Outcome.COMPLETED, run.outcome(), () -> run.thrown() + " " + run.lines());
        assertEquals(100, run.percent());
        return run;
    }

    /** Makes a backup; returns its archive. */
    Path backUp(Object... more) {
        HarnessRun run = completed(job(BackupModule::new, ofSource(more)));
        return Path.of((String) run.results().get(0).get("output_file"));
    }

    String refusal(Map<String, ?> inputs) {
        HarnessRun run = job(BackupModule::new, inputs).run();
        assertTrue(
                run.outcome() == Outcome.VALIDATION_FAILED || run.outcome() == Outcome.RUN_FAILED,
                () -> run.outcome() + " " + run.results());
        return String.valueOf(run.thrown() == null ? "" : run.thrown().getMessage());
    }

    /** The output of a program, which must succeed. */
    String output(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), output);
        return output;
    }

    /** The contents of a folder: for each path its kind, permissions, time and content. */
    static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.toList()) {
                if (path.equals(folder)) {
                    continue;
                }
                Map<String, Object> unix =
                        Files.readAttributes(path, "unix:mode,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
                String content = Files.isSymbolicLink(path)
                        ? Files.readSymbolicLink(path).toString()
                        : Files.isRegularFile(path)
                                ? Files.size(path) < 100_000
                                        ? Files.readString(path, StandardCharsets.ISO_8859_1)
                                        : "" + Files.size(path)
                                : "";
                contents.put(
                        folder.relativize(path).toString(),
                        Integer.toOctalString((int) unix.get("mode")) + " "
                                + ((FileTime) unix.get("lastModifiedTime")).to(TimeUnit.MICROSECONDS) + " " + content);
            }
        }
        return contents;
    }

    /** The names in a folder. */
    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> String.valueOf(child.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    void assertNothingLeft() throws IOException {
        assertEquals(List.of(), names(archives));
        assertFalse(names(root).stream().anyMatch(name -> name.startsWith(".pawl")));
    }
}
