package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archives of classes with which the server and the commands start faster, in a copy of the distribution. Alone, since they are written
 * at the lowest priority: beside two busy processors that takes minutes, as it should.
 */
@Tag("alone")
class ClassArchiveIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final String NAME = "classes-" + Runtime.version().feature();
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void copyDistribution() throws IOException {
        home = folder.resolve("pawl");
        Path built = Path.of(System.getProperty("pawl.distribution"));
        try (Stream<Path> files = Files.walk(built)) {
            for (Path file : files.filter(file -> !file.startsWith(built.resolve("cache")))
                    .toList()) {
                Files.copy(file, home.resolve(built.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    @Test
    void theFirstStartHasBothWrittenInTheBackgroundAndTheNextUsesThem() throws Exception {
        assertEquals("", serve(Map.of()).said);
        Path server = home.resolve("cache/" + NAME + "-server.jsa");
        awaitArchives(home.resolve("cache"));

        assertTrue(serve(Map.of()).mapped.contains(server.toString()), "the server did not map its archive");
        long written = Files.getLastModifiedTime(server).toMillis();
        Files.writeString(home.resolve("cache/" + NAME + ".stamp"), "of another Java");
        serve(Map.of());
        Eventually.eventually(LIMIT, () -> assertTrue(modified(server) > written, "a foreign archive stays"));
        awaitArchives(home.resolve("cache"));
    }

    @Test
    void anArchiveThatIsBrokenNeitherStopsAStartNorSaysAnything() throws Exception {
        Path cache = Files.createDirectories(home.resolve("cache"));
        Files.writeString(cache.resolve(NAME + "-server.jsa"), "\u0000".repeat(100_000));
        Files.writeString(cache.resolve(NAME + "-commands.jsa"), "no archive at all");

        assertEquals("", serve(Map.of()).said);

        awaitArchives(cache); // and it is replaced
    }

    @Test
    void aReadOnlyDistributionHasThemInTheUsersCache() throws Exception {
        Path caches = folder.resolve("caches");
        Files.writeString(home.resolve("cache"), "not a folder, so that not even root can write there");

        serve(Map.of("XDG_CACHE_HOME", caches.toString()));

        Path own = Path.of(caches + "/pawl" + home.toRealPath());
        awaitArchives(own);
        assertTrue(serve(Map.of("XDG_CACHE_HOME", caches.toString()))
                .mapped
                .contains(own.resolve(NAME + "-server.jsa").toString()));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(own.resolve(NAME + ".stamp"))));
    }

    @Test
    void twoWritersAtOnceAreHarmlessAndOneOfThemWrites() throws Exception {
        List<Process> writers = List.of(writer(), writer(), writer());
        for (Process writer : writers) {
            assertEquals("", new String(writer.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            assertEquals(0, writer.waitFor());
        }
        awaitArchives(home.resolve("cache"));
    }

    private record Started(String said, String mapped) {}

    /** Starts a server, and returns what it said on its error stream and which files it maps. */
    private Started serve(Map<String, String> environment) throws Exception {
        Path said = Files.createTempFile(folder, "said", "");
        ProcessBuilder builder = Server.command(folder.resolve("data"), JAVA, List.of("serve"));
        builder.command().set(0, home.resolve("bin/pawl").toString());
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(said.toFile());
        Process process = builder.start();
        try {
            Eventually.eventually(
                    LIMIT, () -> assertTrue(Files.readString(said).contains(" is ready at "), "not ready"));
            String mapped = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "maps"));
            return new Started(
                    Files.readString(said)
                            .lines()
                            .filter(line -> !line.contains(" INFO ") && !line.contains(" is ready at "))
                            .reduce("", (all, line) -> all + line + "\n"),
                    mapped);
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private Process writer() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(home.resolve("bin/write-class-archive").toString()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", JAVA.toString());
        return builder.start();
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException replaced) {
            return 0;
        }
    }

    /** Waits until they are written, and nothing else is left. */
    private static void awaitArchives(Path cache) {
        Eventually.eventually(LIMIT, () -> {
            assertFalse(Files.exists(cache.resolve(NAME + ".making")), "still being written");
            for (String kind : List.of("server", "commands")) {
                assertTrue(Files.exists(cache.resolve(NAME + "-" + kind + ".jsa")), kind);
                assertTrue(Files.size(cache.resolve(NAME + "-" + kind + ".jsa")) > 10_000_000, kind);
            }
            assertTrue(Files.exists(cache.resolve(NAME + ".stamp")));
        });
    }
}
