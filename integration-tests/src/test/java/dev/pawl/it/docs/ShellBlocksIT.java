package dev.pawl.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.server.Server;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the documentation, run on a server as a reader would: every block that does not say why it is not. Jobs and schedules in
 * files are judged by the server, settings by the command line, and what a session shows is held against what is said.
 */
@NeedsProgram({"bash", "curl", "sed", "python3"})
class ShellBlocksIT {

    /** The page that {@code integration-tests/tutorial} runs, from the archive and with an empty local repository. */
    private static final String TUTORIAL = "docs/tutorial.md";

    @TempDir
    Path folder;

    @Test
    void everyBlockThatSaysNotWhyItIsNotRunDoesWhatItsPageSays() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        Path places = folder.resolve("places");
        for (String place :
                List.of("srv", "media", "backup", "opt/scripts", "run/secrets", "etc/pawl", "tmp", "srv/data")) {
            Files.createDirectories(places.resolve(place));
        }
        List<String> wrong = new ArrayList<>();
        int run = 0;
        Map<String, String> settings = Map.of(
                "PAWL_SMTP_HOST", "127.0.0.1",
                "PAWL_SMTP_PORT", "9",
                "PAWL_SMTP_TLS", "none",
                "PAWL_SMTP_FROM", "pawl@example.org",
                "PAWL_SECRET_ENV", "SMTP_PASSWORD",
                "SMTP_PASSWORD", "of-no-server");
        try (Server server = Server.start(home.resolve(".pawl"), Path.of(System.getProperty("java.home")), settings)) {
            for (var page : DocBlock.all().entrySet()) {
                if (!page.getKey().equals(TUTORIAL)) {
                    Path reader = folder.resolve(page.getKey().replace('/', '-'));
                    var session =
                            new PageSession(reader, home, places, server.url().toString());
                    wrong.addAll(session.run(page.getValue()));
                    run += (int)
                            page.getValue().stream().filter(DocBlock::isRun).count();
                }
            }
        }
        assertEquals("", String.join("\n\n", wrong));
        assertTrue(run > 60, "only " + run);
    }

    @Test
    void everyBlockOfShellCanBeReadByOneAlsoWhereItIsNotRun() throws Exception {
        var all = new StringBuilder();
        for (DocBlock block : blocks("sh", "bash", "console")) {
            String typed = block.language().equals("console")
                    ? ShownSession.of(block.text()).commands().stream()
                            .map(ShownSession.Command::typed)
                            .collect(Collectors.joining())
                    : block.text();
            all.append("part() { : ").append(block).append('\n').append(typed).append("}\n");
        }
        assertEquals("", said("bash", "-n", file("all.sh", all.toString())));
    }

    @Test
    @NeedsProgram("systemd-analyze")
    void everyPartOfAUnitIsOneThatSystemdKnows() throws Exception {
        List<DocBlock> units = blocks("ini");
        assertEquals(1, units.size(), units::toString);
        Files.createDirectories(folder.resolve("unit.service.d"));
        file("unit.service.d/part.conf", units.get(0).text());
        String unit = file("unit.service", "[Service]\nExecStart=/bin/true\n");
        String said = said("systemd-analyze", "verify", "--man=no", unit);
        assertFalse(said.contains("part.conf"), said);
        file("unit.service.d/part.conf", units.get(0).text() + "Nothing=of the kind\n");
        assertTrue(said("systemd-analyze", "verify", "--man=no", unit).contains("part.conf"), "it was not read");
    }

    /** The pages are docs/console.md, whose page of the console no other test has, and docs/reverse-proxy.md. */
    @Test
    @NeedsProgram("node")
    void whatOtherProgramsReadCanBeReadByThem() throws Exception {
        String page = PageBlock.of("docs/console.md", "js", "extends Page");
        assertEquals("", said("node", "--check", file("page.mjs", page)));
        String proxy = PageBlock.of("docs/reverse-proxy.md", "caddyfile", "reverse_proxy");
        assertTrue(proxy.contains("reverse_proxy 127.0.0.1:8420"), proxy);
        if (Files.isExecutable(Path.of("/usr/bin/caddy"))) { // which no other test needs
            String adapted = said("caddy", "adapt", "--adapter", "caddyfile", "--config", file("Caddyfile", proxy));
            assertTrue(adapted.contains("\"flush_interval\":-1"), adapted);
        }
    }

    private static List<DocBlock> blocks(String... languages) throws IOException {
        return DocBlock.all().values().stream()
                .flatMap(List::stream)
                .filter(block -> List.of(languages).contains(block.language()))
                .toList();
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String said(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
