package dev.pawl.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.steps.StepsModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the threads of a running server with the table in docs/architecture.md. */
class ThreadTableIT {

    private static final Path PAGE = Path.of(System.getProperty("pawl.root")).resolve("docs/architecture.md");
    private static final Pattern NAME_IN_TABLE = Pattern.compile("`(pawl-[a-z-]+)(…?)`");
    private static final Pattern NAME_IN_DUMP = Pattern.compile("(?m)^\"(pawl-[^\"]+)\"");

    /** Threads that live as long as the server does. */
    private static final List<String> LASTING = List.of(
            "pawl-store-writer",
            "pawl-dispatcher",
            "pawl-timers",
            "pawl-flusher",
            "pawl-leak-watch",
            "pawl-modules-folder",
            "pawl-http-io-");

    private static final List<Pattern> LISTED = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeAll
    static void readTheTable() throws IOException {
        String page = Files.readString(PAGE);
        String table = page.substring(page.indexOf("## Threads"), page.indexOf("## Where things are"));
        for (String row : table.lines().filter(line -> line.startsWith("| `")).toList()) {
            Matcher name = NAME_IN_TABLE.matcher(row.substring(0, row.indexOf('|', 1)));
            while (name.find()) {
                LISTED.add(Pattern.compile(
                        Pattern.quote(name.group(1)) + (name.group(2).isEmpty() ? "" : ".+")));
            }
        }
        assertTrue(LISTED.size() > 20, LISTED::toString);
    }

    @Test
    void everyThreadOfOursIsListed() throws Exception {
        Set<String> seen = new TreeSet<>();
        try (Server server = Server.start(folder.resolve("data"))) {
            Api api = server.api();
            look(server, seen);
            api.upload(ModuleJar.of(StepsModule.class, "1.0.0", folder), "").expect(200);
            String job = api.start("steps", Map.of("steps", 200, "pause_ms", 10));
            Eventually.eventually("the job runs on its thread", () -> {
                look(server, seen);
                return seen.stream().anyMatch(name -> name.startsWith("pawl-task-"));
            });
            api.upload(ModuleJar.of(StepsModule.class, "2.0.0", folder), "?mode=finish")
                    .expect(200);
            look(server, seen);
            api.post("/jobs/" + job + "/stop", Map.of()).expect(200);
            Eventually.eventually("the old version is removed on its thread", () -> {
                look(server, seen);
                return seen.contains("pawl-retiring");
            });
        }
        for (String name : LASTING) {
            assertTrue(seen.stream().anyMatch(each -> each.startsWith(name)), name + " is not among " + seen);
        }
        assertEquals(Set.of(), unlisted(seen), "docs/architecture.md does not list these threads");
    }

    private static Set<String> unlisted(Set<String> names) {
        Set<String> unlisted = new TreeSet<>(names);
        unlisted.removeIf(
                name -> LISTED.stream().anyMatch(row -> row.matcher(name).matches()));
        return unlisted;
    }

    private static void look(Server server, Set<String> seen) {
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(server.pid()),
                            "Thread.print")
                    .redirectErrorStream(true)
                    .start();
            Matcher name =
                    NAME_IN_DUMP.matcher(new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            while (name.find()) {
                seen.add(name.group(1));
            }
        } catch (IOException e) {
            throw new IllegalStateException("The threads of the server cannot be seen", e);
        }
    }
}
