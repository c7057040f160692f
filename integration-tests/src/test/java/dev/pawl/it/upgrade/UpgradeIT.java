package dev.pawl.it.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.it.server.StoreFile;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The data folder of an older release under this one, whatever comes in between, and the way back. */
@Tag("sqlite")
class UpgradeIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int KILLS = Boolean.getBoolean("pawl.nightly") ? 40 : 4;

    /** The number of sizes of disks less one. */
    private static final int DISKS = 12;

    @TempDir
    Path folder;

    private Path data;

    private record Said(int code, String out, String err) {}

    @BeforeEach
    void unpack() throws Exception {
        data = Files.createDirectory(folder.resolve("data"));
        OldDataFolder.unpack(data);
    }

    @Test
    void aServerKilledAnywhereInAMigrationLeavesTheOldStoreOrTheNewOne() throws Exception {
        OldDataFolder.fill(data, 60_000);
        int jobs = OldDataFolder.number(data, "SELECT count(*) FROM jobs");
        Random random = new Random(9);
        List<Integer> seen = new ArrayList<>();
        killWhen(name -> name.endsWith(".backup.part"), Duration.ZERO);
        seen.add(OldDataFolder.number(data, "PRAGMA user_version"));
        for (int kill = 0; kill < KILLS; kill++) {
            killWhen(name -> name.endsWith(".backup"), Duration.ofMillis(random.nextInt(400)));
            seen.add(OldDataFolder.number(data, "PRAGMA user_version"));
            assertEquals(jobs, OldDataFolder.number(data, "SELECT count(*) FROM jobs"));
        }
        int present = present();
        assertEquals(OldDataFolder.SCHEMA, seen.get(0));
        assertTrue(
                seen.stream().allMatch(version -> version == OldDataFolder.SCHEMA || version == present),
                seen::toString);
        assertGoesOn();
        assertEquals(1, backups().size(), () -> backups().toString());
        assertFalse(names().stream().anyMatch(name -> name.endsWith(".part")), () -> names().toString());
    }

    @Test
    @NeedsProgram("prlimit")
    void aFullDiskLeavesTheStoreAsItWasAndSaysSo() throws Exception {
        OldDataFolder.fill(data, 20_000);
        Said refused = pawl(List.of("prlimit", "--fsize=8000000"), "serve");
        assertEquals(1, refused.code(), refused::toString);
        assertTrue(
                refused.err().contains("pawl.db is unchanged: its backup ")
                        && refused.err().contains("which comes before a migration, could not be written"),
                refused::toString);
        assertEquals(OldDataFolder.SCHEMA, OldDataFolder.number(data, "PRAGMA user_version"));
        assertEquals(List.of(), backups());
        assertFalse(names().stream().anyMatch(name -> name.endsWith(".part")), () -> names().toString());
        assertGoesOn();
    }

    /** From a disk that has no room for anything to one that has room for all. What the migration itself lacks is tried page by page in the store's tests. */
    @Test
    @Tag("nightly")
    @EnabledIf("mayMount")
    void aDiskThatFillsUpAnywhereInAnUpgradeLeavesTheOldStoreOrTheNewOne() throws Exception {
        OldDataFolder.fill(data, 20_000);
        int jobs = OldDataFolder.number(data, "SELECT count(*) FROM jobs");
        long size = size(data);
        Path filled = data;
        data = Files.createDirectory(folder.resolve("small"));
        List<Integer> versions = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        for (int step = 0; step <= DISKS; step++) {
            long room = size + size * 2 * step / DISKS;
            run("mount", "-t", "tmpfs", "-o", "mode=700,size=" + room, "tmpfs", data.toString());
            try {
                run("cp", "-a", filled + "/.", data.toString());
                try (Server server = Server.launch(data, JAVA, Map.of())) {
                    if (!server.awaitReady(PATIENCE)) {
                        assertEquals(1, server.awaitExit(PATIENCE));
                    }
                }
                Path left = folder.resolve("left-" + step); // SQLite needs some room to read
                run("cp", "-a", data.toString(), left.toString());
                versions.add(OldDataFolder.number(left, "PRAGMA user_version"));
                assertEquals(jobs, OldDataFolder.number(left, "SELECT count(*) FROM jobs"));
                assertFalse(names().stream().anyMatch(name -> name.endsWith(".part")), () -> names().toString());
            } finally {
                refusals.add(Files.readString(Path.of(data + "-stderr.log")));
                Files.delete(Path.of(data + "-stderr.log"));
                run("umount", data.toString());
            }
        }
        int present = present();
        assertEquals(OldDataFolder.SCHEMA, versions.get(0));
        assertEquals(present, versions.get(DISKS), refusals.get(DISKS));
        assertTrue(
                versions.stream().allMatch(version -> version == OldDataFolder.SCHEMA || version == present),
                versions::toString);
        assertTrue(refusals.stream().anyMatch(said -> said.contains("is unchanged: its backup ")), refusals::toString);
    }

    static boolean mayMount() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static long size(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    @Test
    void theCheckTellsWhatAStartWouldDoAndTheWayBackLeadsToTheDataFromBefore() throws Exception {
        List<String> before = names();
        Said check = pawl(List.of(), "upgrade", "--check");
        assertEquals(0, check.code(), check::toString);
        assertTrue(check.out().contains("migrates the store from schema version 9 to " + present()), check::toString);
        assertEquals(before, names(), "a check leaves nothing behind");
        try (Server server = Server.start(data)) {
            String running = pawl(List.of(), "upgrade", "--check").out();
            assertTrue(running.contains("This release opens the store as it is."), running);
            assertTrue(running.contains("process " + server.pid() + " at " + server.url()), running);
            assertEquals(0, server.terminate());
        }
        Path backup = data.resolve(backups().get(0));
        try (Connection store = StoreFile.open(data);
                Statement statement = store.createStatement()) {
            statement.execute("PRAGMA user_version = 999"); // as a release from the future would
        }
        Files.writeString(data.resolve("pawl.db.release"), "99.1.0\n");

        Said newer = pawl(List.of(), "serve");
        assertEquals(1, newer.code(), newer::toString);
        for (Said said : List.of(newer, pawl(List.of(), "upgrade", "--check"))) {
            assertEquals(1, said.code(), said::toString);
            String words = (said.out() + said.err()).replaceAll("\\s+", " ");
            assertTrue(words.contains("was last opened by Pawl 99.1.0; this is Pawl "), words);
            assertTrue(words.contains("Start Pawl 99.1.0 or a newer one, or go back"), words);
            assertTrue(words.contains("`pawl restore " + backup + "`"), words);
        }
        Said restored = pawl(List.of(), "restore", backup.toString());
        assertEquals(0, restored.code(), restored::toString);
        assertEquals(OldDataFolder.SCHEMA, OldDataFolder.number(data, "PRAGMA user_version"));
        assertGoesOn();
    }

    /** Starts a server for good: no job is lost, and the one that was running ends with each result once. */
    private void assertGoesOn() throws Exception {
        try (Server server = Server.start(data)) {
            Api api = server.api();
            assertEquals(
                    "completed",
                    api.awaitEnd(OldDataFolder.RUNNING).get("status").asText());
            List<Integer> numbers = api.results(OldDataFolder.RUNNING).stream()
                    .map(result -> result.path("iteration").asInt())
                    .toList();
            assertEquals(OldDataFolder.RESULTS, numbers.size());
            assertEquals(OldDataFolder.RESULTS, numbers.stream().distinct().count());
            JsonNode checked = api.post("/store/check", Map.of()).expect(200);
            assertTrue(checked.get("sound").asBoolean(), checked::toString);
            String id = api.start("hello", Map.of("name", "New", "count", 2));
            assertEquals("completed", api.awaitEnd(id).get("status").asText());
            assertEquals(0, server.terminate());
        }
        assertTrue(OldDataFolder.number(data, "SELECT count(*) FROM jobs WHERE status = 'completed'")
                > OldDataFolder.COMPLETED);
    }

    /** Starts a server and kills it some time after a file with such a name is there. */
    private void killWhen(Predicate<String> name, Duration after) {
        try (Server server = Server.launch(data, JAVA, Map.of())) {
            Eventually.eventually(
                    PATIENCE,
                    () -> assertTrue(
                            !server.isAlive() || names().stream().anyMatch(name) || server.awaitReady(Duration.ZERO)));
            server.awaitReady(after);
            server.kill();
        }
    }

    /** The schema version of this release. */
    private int present() throws Exception {
        Said check = pawl(List.of(), "upgrade", "--check", "-o", "json");
        return new ObjectMapper()
                .readTree(check.out())
                .path("supported_schema_version")
                .asInt();
    }

    private List<String> backups() {
        return names().stream().filter(name -> name.endsWith(".backup")).toList();
    }

    private List<String> names() {
        try (var files = Files.list(data)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Said pawl(List<String> before, String... arguments) throws IOException, InterruptedException {
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = Server.command(data, JAVA, List.of(arguments));
        builder.command().addAll(0, before);
        Process process = builder.redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), out, Files.readString(err));
    }
}
