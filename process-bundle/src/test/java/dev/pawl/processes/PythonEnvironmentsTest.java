package dev.pawl.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.processes.PythonEnvironments.PipSettings;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Environments of Python modules, made from wheels of the test without the network. */
@NeedsProgram("python3")
class PythonEnvironmentsTest {

    @TempDir
    Path folder;

    private final PythonInterpreter python = new PythonInterpreter();
    private Path module;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("data/artifacts"));
        module = Files.createDirectories(folder.resolve("module"));
        Files.writeString(module.resolve("requirements.txt"), "# One package.\nanswer==1.0\n");
        wheel(Files.createDirectories(module.resolve("wheels")), 42);
    }

    private PythonEnvironments environments(PipSettings settings) {
        return new PythonEnvironments(folder.resolve("data"), python, settings, InstantSource.system(), Duration.ZERO);
    }

    private PythonEnvironments offline() {
        return environments(new PipSettings(false, null));
    }

    /** A wheel of the package answer, which is a module with a value. */
    private static void wheel(Path where, int value) throws IOException {
        Map<String, String> files = Map.of(
                "answer.py", "VALUE = " + value + "\n",
                "answer-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: answer\nVersion: 1.0\n",
                "answer-1.0.dist-info/WHEEL",
                        "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
                "answer-1.0.dist-info/RECORD",
                        "answer.py,,\nanswer-1.0.dist-info/METADATA,,\nanswer-1.0.dist-info/WHEEL,,\nanswer-1.0.dist-info/RECORD,,\n");
        zip(where.resolve("answer-1.0-py3-none-any.whl"), files);
    }

    private static void zip(Path file, Map<String, String> files) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> entry : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static String answer(Path interpreter) throws IOException {
        Process process = new ProcessBuilder(interpreter.toString(), "-I", "-c", "import answer; print(answer.VALUE)")
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private List<Path> all() throws IOException {
        try (Stream<Path> found = Files.list(folder.resolve("data/environments"))) {
            return found.toList();
        }
    }

    @Test
    void theSameListHasOneEnvironmentAndAHalfOneIsMadeAgain() throws IOException {
        Path first = offline().interpreter(module);
        assertEquals("42", answer(first));
        Path complete = all().get(0).resolve("complete");
        Path seen = Files.writeString(all().get(0).resolve("seen"), "");
        assertEquals(first, offline().interpreter(module));
        assertTrue(Files.exists(seen), "it was made twice");

        Files.delete(complete); // as when the server was killed while pip ran
        Files.delete(first);
        assertEquals(first, offline().interpreter(module));
        assertEquals("42", answer(first));
        assertFalse(Files.exists(seen));

        wheel(module.resolve("wheels"), 43);
        Path other = offline().interpreter(module);
        assertNotEquals(first, other);
        assertEquals("43", answer(other));
        assertEquals(2, all().size());
    }

    @Test
    void aFolderForAllModulesAndAnIncludedListAreRead() throws IOException {
        Path shared = Files.createDirectories(folder.resolve("shared"));
        Files.move(module.resolve("wheels/answer-1.0-py3-none-any.whl"), shared.resolve("answer-1.0-py3-none-any.whl"));
        Files.createDirectories(module.resolve("lists"));
        Files.writeString(module.resolve("requirements.txt"), "-r lists/more.txt\n");
        Files.writeString(module.resolve("lists/more.txt"), "answer\n");
        assertEquals("42", answer(environments(new PipSettings(false, shared)).interpreter(module)));
    }

    @Test
    void aListWithoutALineThatCountsNeedsNoEnvironment() throws IOException {
        Files.writeString(module.resolve("requirements.txt"), "# nothing\n\n--prefer-binary\n");
        assertEquals(python.path(), offline().interpreter(module));
        assertFalse(Files.exists(folder.resolve("data/environments")));
    }

    @Test
    void aPackageThatIsNowhereIsRefusedWithPipsWordsAndNothingIsLeft() throws IOException {
        Files.writeString(module.resolve("requirements.txt"), "no-such-package-of-pawl\n");
        ProblemException refusal =
                assertThrows(ProblemException.class, () -> offline().interpreter(module));
        assertEquals(ProblemCode.ENVIRONMENT_FAILED, refusal.code());
        String said = String.valueOf(refusal.getMessage());
        assertTrue(said.contains("no-such-package-of-pawl") && said.contains("PAWL_PIP is offline"), said);
        assertEquals(List.of(), all());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "answer @ https://example.com/answer.whl",
                "--extra-index-url https://example.com\nanswer",
                "-i http://example.com\nanswer",
                "git+https://example.com/answer",
                "-r ../other.txt"
            })
    void aListThatLeadsElsewhereIsRefused(String text) throws IOException {
        Files.writeString(module.resolve("requirements.txt"), text + "\nanswer\n");
        Files.writeString(folder.resolve("other.txt"), "answer\n");
        ProblemException refusal =
                assertThrows(ProblemException.class, () -> offline().interpreter(module));
        assertEquals(ProblemCode.ENVIRONMENT_FAILED, refusal.code());
    }

    @Test
    void anEnvironmentGoesWithTheLastVersionThatNeedsIt() throws IOException {
        Path kept = jar("kept", 1);
        Files.copy(kept, folder.resolve("data/artifacts/kept.jar"));
        offline().prepare(kept);
        offline().prepare(jar("gone", 2));
        assertEquals(2, all().size());
        offline().prepare(jar("new", 3));
        assertEquals(2, all().size(), "the one that no version needs is still there");
        Files.delete(folder.resolve("data/artifacts/kept.jar"));
        offline().prepare(jar("new", 3));
        assertEquals(1, all().size());
    }

    private Path jar(String name, int value) throws IOException {
        Path jar = folder.resolve(name + ".jar");
        zip(
                jar,
                Map.of(
                        "OSGI-INF/pawl/process.json",
                        "{\"id\": \"" + name
                                + "\", \"version\": \"1\", \"runtime\": \"PYTHON\", \"entrypoint\": \"main.py\"}",
                        "module/requirements.txt",
                        "# " + value + "\nanswer\n"));
        Path wheels = Files.createDirectories(folder.resolve("wheels-" + value));
        wheel(wheels, value);
        try (var files = java.nio.file.FileSystems.newFileSystem(jar)) {
            Files.createDirectory(files.getPath("/module/wheels"));
            Files.copy(
                    wheels.resolve("answer-1.0-py3-none-any.whl"),
                    files.getPath("/module/wheels/answer-1.0-py3-none-any.whl"));
        }
        return jar;
    }
}
