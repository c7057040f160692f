package dev.pawl.cli.conform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.UsageException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A module's folder, and how its processes are started.
 *
 * @param manifest its module.json
 * @param runtime python, sisyphus, command or protocol
 * @param shims the folder with the files by which programs speak with the server
 */
record ModuleUnderTest(Path folder, JsonNode manifest, String runtime, Path shims) {

    private static final String BOOT = "import sys; sys.path.insert(0, sys.argv.pop(1)); import pawl_worker";
    private static final int NEWEST_PYTHON = 14;
    private static final int OLDEST_PYTHON = 9;

    /** Reads a folder. */
    static ModuleUnderTest of(Path folder, Path shims) throws UsageException {
        Path file = folder.resolve("module.json");
        JsonNode manifest;
        try {
            manifest = JsonTrees.parse(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new UsageException(file + " is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UsageException("DIR is " + folder + ", which has no module.json that can be read.");
        }
        for (String required : List.of("id", "name", "version")) {
            if (!manifest.path(required).isTextual()) {
                throw new UsageException("The " + required + " in " + file + " is missing; it takes a text.");
            }
        }
        boolean hasCommand = manifest.path("command").size() > 0;
        String runtime = manifest.path("runtime").asText(hasCommand ? "command" : "python");
        if (!List.of("python", "sisyphus", "command", "protocol").contains(runtime)) {
            throw new UsageException("The runtime in " + file + " is \"" + runtime
                    + "\"; it takes python, sisyphus, command or protocol.");
        }
        if (!runtime.equals("python") && !runtime.equals("sisyphus") && !hasCommand) {
            throw new UsageException("The command in " + file + " is missing; it takes the program and its arguments.");
        }
        return new ModuleUnderTest(folder, manifest, runtime, shims);
    }

    String id() {
        return manifest.path("id").asText();
    }

    String version() {
        return manifest.path("version").asText();
    }

    /** Whether it reads messages after the first. */
    boolean listens() {
        return !runtime.equals("command");
    }

    /** Whether it has a phase besides run. */
    boolean has(String phase) {
        return runtime.equals("sisyphus")
                || JsonTrees.stream(manifest.path("phases"))
                        .anyMatch(word -> word.asText().equals(phase));
    }

    /** The program and its arguments. */
    List<String> command() throws UsageException {
        if (runtime.equals("python") || runtime.equals("sisyphus")) {
            return List.of(
                    python(),
                    "-I",
                    "-X",
                    "utf8",
                    "-c",
                    BOOT,
                    shims.resolve("python").toString());
        }
        List<String> command = new ArrayList<>();
        for (JsonNode word : manifest.path("command")) {
            Path file = folder.resolve(word.asText()).normalize();
            boolean own = word.asText().startsWith("./")
                    || (command.isEmpty() && word.asText().contains("/"));
            command.add(own && Files.exists(file) ? file.toString() : word.asText());
        }
        return command;
    }

    /** The newest Python on the PATH that answers; the program of that name may be the script of a version manager. */
    private static String python() throws UsageException {
        List<String> names = new ArrayList<>();
        for (int minor = NEWEST_PYTHON; minor >= OLDEST_PYTHON; minor--) {
            names.add("python3." + minor);
        }
        names.add("python3");
        for (String name : names) {
            for (String folder :
                    Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator, -1)) {
                Path candidate = Path.of(folder, name);
                String answer = folder.startsWith("/") && Files.isExecutable(candidate) ? ask(candidate) : "";
                if (!answer.isEmpty()) {
                    return answer;
                }
            }
        }
        throw new UsageException("No Python of version 3.9 or newer is on the PATH.");
    }

    /** The interpreter's own path; empty when it is none, or too old. */
    private static String ask(Path candidate) {
        try {
            Process process = new ProcessBuilder(
                            candidate.toString(),
                            "-I",
                            "-c",
                            "import sys; sys.version_info >= (3, " + OLDEST_PYTHON + ") and print(sys.executable)")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? answer : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** The variables of a process. */
    Map<String, String> environment(Path work, ObjectNode inputs, JsonNode checkpoint) {
        Map<String, String> environment = new HashMap<>();
        System.getenv().forEach((name, value) -> {
            if (List.of("PATH", "HOME", "USER", "LANG", "TZ").contains(name)) {
                environment.put(name, value);
            }
        });
        environment.put("PATH", shims.resolve("bin") + ":" + environment.getOrDefault("PATH", "/usr/bin:/bin"));
        environment.put("NODE_PATH", shims.resolve("node").toString());
        environment.put("PAWL_MODULE", id());
        environment.put("PAWL_MODULE_DIR", folder.toString());
        environment.put("PAWL_WORK_DIR", work.toString());
        environment.put("PAWL_REPLIES", work.toString());
        environment.put("PAWL_FRESH_WORK_DIR", String.valueOf(checkpoint.isEmpty()));
        environment.put("TMPDIR", work.toString());
        environment.put("PAWL_JOB_ID", TriedProcess.JOB);
        environment.put("PAWL_TASK", "0");
        environment.put("PAWL_EPOCH", "1");
        inputs.properties()
                .forEach(input -> environment.put("PAWL_INPUT_" + variable(input.getKey()), text(input.getValue())));
        checkpoint
                .properties()
                .forEach(value ->
                        environment.put("PAWL_CHECKPOINT_" + variable(value.getKey()), text(value.getValue())));
        return environment;
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.asText() : value.toString();
    }

    /** The first message. */
    ObjectNode start(String next, Path work, ObjectNode inputs, ObjectNode settings, JsonNode checkpoint) {
        ObjectNode start = JsonTrees.object();
        start.put("type", "start");
        start.putArray("protocol").add(1).add(1);
        start.put("next", next).put("job", TriedProcess.JOB).put("task", 0).put("epoch", 1);
        start.set("inputs", inputs);
        start.set("settings", settings);
        start.set("checkpoint", checkpoint);
        start.put("work_dir", work.toString()).put("fresh_work_dir", checkpoint.isEmpty());
        start.put("module", id()).put("version", version());
        start.put("module_dir", folder.toString()).put("runtime", runtime);
        start.put("entrypoint", manifest.path("entrypoint").asText("main.py"));
        start.put("results", manifest.path("results").asText("exact"));
        start.put("cleanup", has("cleanup"));
        return start;
    }
}
