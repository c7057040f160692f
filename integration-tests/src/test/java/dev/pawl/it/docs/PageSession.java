package dev.pawl.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One shell in which all blocks of a page run in order, as somebody who follows the page would type them. */
final class PageSession {

    /** Folders of an operator's machine, which are folders of the test instead. */
    private static final Pattern PLACE =
            Pattern.compile("(?<![\\w./~}*-])/(srv|media|backup|opt/scripts|run/secrets|etc/pawl|tmp)(?![\\w])");

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String FUNCTIONS = """
            set -eEo pipefail
            trap 'echo "ended with $?: $BASH_COMMAND" >&2' ERR
            curl() { command curl -sS --fail-with-body "$@"; }
            called() { command curl -sS --fail-with-body -H "Authorization: Bearer $(cat ~/.pawl/admin.token)" -H 'Content-Type: application/json' "$@"; }
            # Holds a job against its modules without running it.
            judge() {
                called -X PATCH "$URL/queue" -d '{"disabled": true}'
                local job=$(called "$URL/jobs" -d "@$1")
                job=${job#*'"id":"'}
                called -X DELETE "$URL/jobs/${job%%'"'*}"
                called -X PATCH "$URL/queue" -d '{"disabled": false}'
            }
            # Removes the schedules of the page: another page has some of the same name.
            forget() {
                local name
                for name in $(called "$URL/schedules" | python3 -c '
            import json, sys
            for schedule in json.load(sys.stdin)["schedules"]: print(schedule["name"])'); do
                    called -X DELETE "$URL/schedules/$name"
                done
            }
            """;

    private final Path folder;
    private final Path home;
    private final Path places;
    private final String url;

    /**
     * @param folder where the page's reader works
     * @param home the reader's home, with the data folder of the server in it
     * @param places the folder in which {@code /srv} and the like are
     * @param url the address of the server
     */
    PageSession(Path folder, Path home, Path places, String url) {
        this.folder = folder;
        this.home = home;
        this.places = places;
        this.url = url;
    }

    /** Runs the blocks; returns what is wrong. */
    List<String> run(List<DocBlock> blocks) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path pawl =
                Files.writeString(folder.resolve("pawl"), "#!/bin/sh\nexec " + distribution() + "/bin/pawl \"$@\"\n");
        Files.setPosixFilePermissions(pawl, PosixFilePermissions.fromString("rwxr-xr-x"));
        var script = new StringBuilder(FUNCTIONS);
        for (DocBlock block : blocks) {
            String part = part(block);
            if (!part.isEmpty()) {
                script.append("echo ")
                        .append(block)
                        .append(" >")
                        .append(file("at"))
                        .append('\n');
                script.append(part);
            }
        }
        if (script.length() == FUNCTIONS.length()) {
            return List.of();
        }
        script.append("forget\n");
        Path file = Files.writeString(file("script.sh"), script);
        int code = bash(List.of(file.toString()), file("said"));
        List<String> wrong = new ArrayList<>();
        if (code != 0) {
            wrong.add(Files.readString(file("at")).strip() + ":\n" + tail(file("said")));
        }
        for (DocBlock block : blocks) {
            if (code == 0 && block.language().equals("console") && block.isRun()) {
                compare(block, wrong);
            }
        }
        return wrong;
    }

    private String part(DocBlock block) throws IOException, InterruptedException {
        if (!block.isRun()) {
            return "";
        }
        return placed(prepared(block.note("before")))
                + switch (block.language()) {
                    case "sh", "bash" -> changed(block, block.text());
                    case "console" -> session(block);
                    case "env" -> environment(block);
                    case "json" -> isJob(block) ? "judge " + kept(block) + "\n" : "";
                    case "yaml" -> yaml(block);
                    default -> "";
                };
    }

    private String session(DocBlock block) throws IOException, InterruptedException {
        var script = new StringBuilder();
        int number = 0;
        for (ShownSession.Command command : ShownSession.of(block.text()).commands()) {
            String said = said(block, number++);
            boolean fails = command.shown().stream().anyMatch(line -> line.contains("\"exit_code\":1"));
            script.append(fails ? "! " : "")
                    .append("{ :\n")
                    .append(changed(block, command.typed()).replaceFirst("\\s*$", "\n"))
                    .append("} >")
                    .append(said)
                    .append(" 2>&1 || { cat ")
                    .append(said)
                    .append("; false; }\n");
        }
        return script.toString();
    }

    private void compare(DocBlock block, List<String> wrong) throws IOException {
        int number = 0;
        for (ShownSession.Command command : ShownSession.of(block.text()).commands()) {
            Path said = Path.of(said(block, number++));
            List<String> missing = command.missingIn(Files.readString(said));
            if (!missing.isEmpty() && block.note("with").isEmpty()) {
                wrong.add(block + ": " + command.typed() + "does not say " + missing + ", but\n"
                        + Files.readString(said));
            }
        }
    }

    /** Settings are written to an env file, with which a server of its own runs a job. */
    private String environment(DocBlock block) throws IOException {
        Path file = file("env-" + block.line());
        Files.writeString(file, placed(block.text().replaceAll("(?m)\\s+#.*$", "")));
        return "PAWL_API_PORT=0 PAWL_ENV_FILE=" + file + " pawl run hello -i name=World --data-dir " + file("data")
                + "\n";
    }

    private String yaml(DocBlock block) throws IOException {
        boolean isJob =
                Pattern.compile("(?m)^(?:jobs|tasks):").matcher(block.text()).find();
        boolean isSchedule =
                Pattern.compile("(?m)^schedules:").matcher(block.text()).find();
        return isJob
                ? "pawl run --file " + kept(block) + "\n"
                : isSchedule ? "pawl schedule apply --dry-run " + kept(block) + "\n" : "";
    }

    private static boolean isJob(DocBlock block) {
        return block.text().contains("\"tasks\":") || block.text().contains("\"module_id\":");
    }

    private String kept(DocBlock block) throws IOException {
        return Files.writeString(file("block-" + block.line() + "." + block.language()), placed(block.text()))
                .toString();
    }

    private static String prepared(String commands) {
        return commands.isEmpty() ? "" : commands + "\n";
    }

    private String said(DocBlock block, int number) {
        return file("said-" + block.line() + "-" + number).toString();
    }

    /** The part of a block's text that is run: changed as its note says, at the test's address and in its folders. */
    private String changed(DocBlock block, String text) throws IOException, InterruptedException {
        String edit = block.note("with");
        return placed(edit.isEmpty() ? text : edited(text, edit));
    }

    private String placed(String text) {
        return PLACE.matcher(text)
                .replaceAll(places + "/$1")
                .replaceAll("(?:127\\.0\\.0\\.1|localhost):8420", url.substring("http://".length()));
    }

    private String edited(String text, String edit) throws IOException, InterruptedException {
        Path source = Files.writeString(file("edited"), text);
        Process sed = new ProcessBuilder("sed", edit, source.toString())
                .redirectErrorStream(true)
                .start();
        String result = new String(sed.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, sed.waitFor(), result);
        return result;
    }

    /** Runs a shell as the reader; returns its exit code. */
    private int bash(List<String> arguments, Path said) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("bash"));
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(said.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PAWL_") || name.startsWith("XDG_"));
        environment.put("HOME", home.toString());
        environment.put("URL", url);
        environment.put("PAWL_HOME", distribution().toString());
        environment.put("PAWL_DATA_DIR", home.resolve(".pawl").toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("PATH", distribution().resolve("bin") + ":" + environment.get("PATH"));
        Process process = builder.start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        return process.exitValue();
    }

    private static String tail(Path file) throws IOException {
        String text = Files.readString(file);
        return text.substring(Math.max(0, text.length() - 3_000));
    }

    private Path file(String name) {
        return folder.resolve(".test-" + name);
    }

    private static Path distribution() {
        return Path.of(System.getProperty("pawl.distribution")).toAbsolutePath().normalize();
    }
}
