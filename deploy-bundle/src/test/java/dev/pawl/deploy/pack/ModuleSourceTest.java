package dev.pawl.deploy.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.deploy.artifact.Artifacts;
import dev.pawl.deploy.artifact.JarContents;
import dev.pawl.deploy.artifact.JarOutline;
import dev.pawl.deploy.artifact.ModuleJar;
import dev.pawl.service.deploy.Deployment.ModuleIdentity;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders and archives with a module become jars that pass for bundles; those that will not do are refused by field. */
class ModuleSourceTest {

    private static final String MANIFEST = """
            {"id": "hello-world", "name": "Hello \\"World\\"", "version": "1.2", "description": "Greets,\\nwith; care=1.",
             "inputs": [{"id": "name", "type": "text", "required": true}, {"id": "n", "type": "integer", "default": "3"},
                        {"id": "key", "type": "secret", "default": "hidden"}],
             "settings": [], "capabilities": ["greet", "a,b"], "author": "someone"}
            """;

    @TempDir
    Path folder;

    private Artifacts artifacts;
    private Path module;

    @BeforeEach
    void write() throws IOException {
        artifacts = new Artifacts(folder.resolve("artifacts"));
        module = Files.createDirectories(folder.resolve("hello"));
        Files.writeString(module.resolve("module.json"), MANIFEST);
        Files.writeString(module.resolve("main.py"), "print('hello')\n");
        Files.createDirectories(module.resolve("lib/__pycache__"));
        Files.writeString(module.resolve("lib/part.py"), "x = 1\n");
        Files.writeString(module.resolve("lib/__pycache__/part.pyc"), "compiled");
        Files.createDirectories(module.resolve(".git"));
        Files.writeString(module.resolve(".git/HEAD"), "ref");
    }

    @AfterEach
    void nothingTemporaryIsLeft() throws IOException {
        try (Stream<Path> left = Files.list(folder.resolve("artifacts"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    private ProblemException refused(Path source) {
        return assertThrows(ProblemException.class, () -> ModuleSource.of(source, artifacts));
    }

    @Test
    void aFolderBecomesABundle() throws IOException {
        try (ModuleSource source = ModuleSource.of(module, artifacts)) {
            JarOutline.check(source.jar());
            JarContents.check(source.jar(), Set.of());
            ModuleJar jar = ModuleJar.read(source.jar());
            assertEquals("folder.hello-world", jar.bundle());
            assertEquals("1.2.0", jar.version());
            assertEquals(List.of(new ModuleIdentity("hello-world", "Hello 'World'")), jar.modules());
            assertEquals(
                    Set.of(
                            "META-INF/MANIFEST.MF",
                            "OSGI-INF/pawl/process.json",
                            "OSGI-INF/pawl/hello-world.inputs.schema.json",
                            "OSGI-INF/pawl/hello-world.settings.schema.json",
                            "module/module.json",
                            "module/main.py",
                            "module/lib/part.py"),
                    names(source.jar()));
            String schema = text(source.jar(), "OSGI-INF/pawl/hello-world.inputs.schema.json");
            assertTrue(schema.contains("\"required\":[\"name\"]"), schema);
            assertFalse(schema.contains("hidden"), schema);
            String description = text(source.jar(), "OSGI-INF/pawl/process.json");
            assertTrue(description.contains("\"secret_inputs\":[\"key\"]"), description);
            assertTrue(description.contains("\"keeps_results\":true"), description);
        }
    }

    @Test
    void aSecretOfAnOwnSchemaIsASecretToo() throws IOException {
        Files.writeString(module.resolve("module.json"), """
                {"id": "x", "name": "x", "version": "1", "schema": {"inputs": {"type": "object", "properties":
                 {"open": {"type": "string"}, "closed": {"type": "string", "format": "password"}}}}}
                """);
        try (ModuleSource source = ModuleSource.of(module, artifacts)) {
            String description = text(source.jar(), "OSGI-INF/pawl/process.json");
            assertTrue(description.contains("\"secret_inputs\":[\"closed\"]"), description);
        }
    }

    @Test
    void theSameFilesGiveTheSameBytes() throws IOException {
        String first;
        try (ModuleSource source = ModuleSource.of(module, artifacts)) {
            first = Artifacts.digest(source.jar());
        }
        Files.setLastModifiedTime(module.resolve("main.py"), FileTime.from(Instant.EPOCH));
        try (ModuleSource source = ModuleSource.of(module, artifacts)) {
            assertEquals(first, Artifacts.digest(source.jar()));
        }
        try (ModuleSource source = ModuleSource.of(zip("top/"), artifacts)) {
            assertEquals(first, Artifacts.digest(source.jar()), "a zip of the same files");
        }
        Files.writeString(module.resolve("main.py"), "print('bye')\n");
        try (ModuleSource source = ModuleSource.of(module, artifacts)) {
            assertFalse(first.equals(Artifacts.digest(source.jar())));
        }
    }

    @Test
    void theDigestThatWasAskedForIsThatOfTheArchive() throws IOException {
        Path zip = zip("");
        InstallOptions right = new InstallOptions(InstallOptions.by("test").change(), Artifacts.digest(zip));
        InstallOptions wrong = new InstallOptions(right.change(), "0".repeat(64));
        try (ModuleSource source = ModuleSource.of(zip, artifacts)) {
            assertNull(source.pinned(zip, right).sha256());
            assertEquals(
                    ProblemCode.HASH_MISMATCH,
                    assertThrows(ProblemException.class, () -> source.pinned(zip, wrong))
                            .code());
        }
    }

    @Test
    void aLinkIsRefused() throws IOException {
        Files.createSymbolicLink(module.resolve("etc"), Path.of("/etc/passwd"));
        assertTrue(String.valueOf(refused(module).getMessage()).contains("etc, which is a link"));
    }

    @Test
    void anArchiveThatLeadsOutIsRefused() throws IOException {
        Path zip = folder.resolve("evil.zip");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out)) {
            put(entries, "module.json", MANIFEST);
            put(entries, "../main.py", "");
        }
        assertTrue(String.valueOf(refused(zip).getMessage()).contains("leads out"));
    }

    @Test
    void anArchiveOfSeveralModulesIsNotTakenForTheFirst() throws IOException {
        Path zip = folder.resolve("two.zip");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out)) {
            for (String name : List.of("one/", "two/")) {
                put(entries, name + "module.json", MANIFEST);
                put(entries, name + "main.py", "");
            }
        }
        assertEquals(ProblemCode.NO_MODULE_INSIDE, refused(zip).code());
    }

    @Test
    void whatIsNoTarballIsRefused() throws IOException {
        Path file = folder.resolve("odd.tar.gz");
        Files.write(file, new byte[] {0x1F, (byte) 0x8B, 8, 0, 1, 2, 3});
        assertEquals(ProblemCode.INVALID_MANIFEST, refused(file).code());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1] | no JSON object",
                "{\"id\": \"x\" | no JSON",
                "{\"name\": \"x\", \"version\": \"1\"} | its id is missing",
                "{\"id\": \"Hello\", \"name\": \"x\", \"version\": \"1\"} | its id is \"Hello\"",
                "{\"id\": \"../x\", \"name\": \"x\", \"version\": \"1\"} | its id is \"../x\"",
                "{\"id\": \"x\", \"name\": \"x\", \"version\": 1} | its version is 1",
                "{\"id\": \"x\", \"name\": \"x\", \"version\": \"1\", \"runtime\": \"cobol\"} | its runtime is \"cobol\"",
                "{\"id\": \"x\", \"name\": \"x\", \"version\": \"1\", \"runtime\": \"command\"} | has no command",
                "{\"id\": \"x\", \"name\": \"x\", \"version\": \"1\", \"entrypoint\": \"go.py\"} | no such file",
                "{\"id\": \"x\", \"name\": \"x\", \"version\": \"1\", \"command\": [\"no-such-program\"]} | not on the server's PATH",
                "{\"id\": \"x\", \"name\": \"x\", \"version\": \"1\", \"inputs\": [{\"type\": \"text\"}]} | has no id",
                "{\"id\": \"x\", \"name\": \"x\", \"version\": \"1\", \"inputs\": [{\"id\": \"a-b\"}, {\"id\": \"a_b\"}]} | PAWL_INPUT_A_B",
                "{\"id\": \"x\", \"name\": \"x\", \"version\": \"1\", \"inputs\": [{\"id\": \"a\", \"required\": \"maybe\"}]} | the required of \"a\" in its inputs is maybe",
                "{\"id\": \"x\", \"name\": \"x\", \"version\": \"1\", \"entrypoint\": \"src\\\\main.py\"} | are parted by /",
                "{\"id\": \"x\", \"name\": \"x\", \"version\": \"1\", \"concurrency\": -1} | its concurrency is -1",
                "{\"id\": \"x\", \"name\": \"x\", \"version\": \"1\", \"memory\": \"8m\"} | its memory is 8m; it takes 16m to 16t",
                "{\"id\": \"x\", \"name\": \"x\", \"version\": \"1\", \"memory\": \"lots\"} | its memory is lots",
                "{\"id\": \"x\", \"name\": \"x\", \"version\": \"1\", \"memory\": -512} | its memory is -512",
                "{\"id\": \"x\", \"name\": \"x\", \"version\": \"1\", \"silence_s\": \"5\"} | its silence_s is 5; it takes a whole number from 0 to 86400",
                "{\"id\": \"x\", \"name\": \"x\", \"version\": \"1\", \"silence_s\": 90000} | its silence_s is 90000"
            })
    void aManifestIsRefusedByItsField(String manifest, String sentence) throws IOException {
        Files.writeString(module.resolve("module.json"), manifest);
        ProblemException refusal = refused(module);
        assertEquals(ProblemCode.INVALID_MANIFEST, refusal.code());
        assertTrue(String.valueOf(refusal.getMessage()).contains(sentence), refusal.getMessage());
    }

    @Test
    void aModuleOfTheOlderWorkerNamesItsClass() throws IOException {
        String manifest =
                "{\"id\": \"x\", \"name\": \"x\", \"version\": \"1\", \"runtime\": \"sisyphus\", \"entrypoint\": \"modules.cool.Cool\"}";
        Files.writeString(module.resolve("module.json"), manifest);
        assertTrue(String.valueOf(refused(module).getMessage()).contains("its entrypoint is modules.cool.Cool"));
        Files.createDirectories(module.resolve("modules"));
        Files.writeString(module.resolve("modules/cool.py"), "");
        try (ModuleSource source = ModuleSource.of(module, artifacts)) {
            String description = text(source.jar(), "OSGI-INF/pawl/process.json");
            assertTrue(description.contains("\"validates\":true,\"cleans_up\":true"), description);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "#!/bin/sh\r~echo\r~ | Unix line ends",
                "#!/usr/bin/no-such-shell~echo~ | names /usr/bin/no-such-shell, and there is no such program",
                "#!/usr/bin/env no-such-shell~echo~ | names no-such-shell, and there is no such program",
                "#!~echo~ | there is no such program",
                "echo~ | its first line does not say what runs it"
            })
    void aFileThatWouldNotRunIsRefused(String script, String sentence) throws IOException {
        Files.writeString(
                module.resolve("module.json"),
                "{\"id\": \"x\", \"name\": \"x\", \"version\": \"1\", \"command\": [\"./run.sh\"]}");
        Files.writeString(module.resolve("run.sh"), script.replace('~', '\n'));
        assertTrue(String.valueOf(refused(module).getMessage()).contains(sentence), refused(module)::getMessage);
        Files.writeString(module.resolve("run.sh"), "#!/usr/bin/env sh\necho\n");
        ModuleSource.of(module, artifacts).close();
        Files.write(module.resolve("run.sh"), new byte[] {0x7F, 'E', 'L', 'F', 2});
        ModuleSource.of(module, artifacts).close();
    }

    @Test
    void theManifestIsInUtf8WithAMarkOfTheByteOrderOrWithout() throws IOException {
        String manifest = "{\"id\": \"x\", \"name\": \"Zähler\", \"version\": \"1\"}";
        Files.writeString(module.resolve("module.json"), "\uFEFF" + manifest);
        try (ModuleSource source = ModuleSource.of(module, artifacts)) {
            assertEquals(
                    List.of(new ModuleIdentity("x", "Zähler")),
                    ModuleJar.read(source.jar()).modules());
        }
        for (Charset other : List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16)) {
            Files.writeString(module.resolve("module.json"), manifest, other);
            assertTrue(String.valueOf(refused(module).getMessage()).contains("it is not in UTF-8"), other::name);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "512m, 536870912",
        "512 MiB, 536870912",
        "2g, 2147483648",
        "1T, 1099511627776",
        "16384k, 16777216",
        "16777216, 16777216",
        "17592186044416, 17592186044416"
    })
    void amountsOfMemoryBecomeBytes(String given, long expected) {
        assertEquals(expected, MemorySize.of(given));
    }

    @Test
    void memoryAndSilenceAreHandedToTheExtender() throws IOException {
        Files.writeString(
                module.resolve("module.json"),
                "{\"id\": \"x\", \"name\": \"x\", \"version\": \"1\", \"memory\": \"512m\", \"silence_s\": 30}");
        try (ModuleSource source = ModuleSource.of(module, artifacts)) {
            String description = text(source.jar(), "OSGI-INF/pawl/process.json");
            assertTrue(description.contains("\"memory\":536870912,\"silence_s\":30"), description);
            assertTrue(description.contains("\"keeps_results\":true"), "limits do not make it a module of ours");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1.0.0",
        "1.2, 1.2.0",
        "v1.2.3, 1.2.3",
        "1.2.3-beta.1, 1.2.3.beta_1",
        "1.2.3+build, 1.2.3.build",
        "1.0.0.final, 1.0.0.final",
        "2024-11-02, 2024.0.0.11-02",
        "latest, 0.0.0.latest"
    })
    void versionsAreWrittenAsOsgiWritesThem(String given, String expected) {
        assertEquals(expected, BundleVersion.of(given));
    }

    private Path zip(String top) throws IOException {
        Path zip = folder.resolve("hello.zip");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(module)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                put(entries, top + module.relativize(file), Files.readString(file));
            }
        }
        return zip;
    }

    private static void put(ZipOutputStream entries, String name, String text) throws IOException {
        entries.putNextEntry(new ZipEntry(name));
        entries.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Set<String> names(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            Set<String> names = new TreeSet<>();
            zip.stream().forEach(entry -> names.add(entry.getName()));
            return names;
        }
    }

    private static String text(Path jar, String name) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
