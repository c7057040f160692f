package dev.pawl.processes;

import dev.pawl.base.json.value.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A module in a folder, as the deployer has described it when it packed the folder into a bundle; complete and checked.
 *
 * @param entrypoint the file with the module's code, in its folder
 * @param command the program and its arguments; empty for a runtime that needs only the entry point
 * @param keepsResults whether results stay even when the run does not reach another checkpoint
 * @param validates whether it checks its inputs before any task of the job runs
 * @param cleansUp whether it is called once more after each run
 * @param reuses whether one process takes task after task
 * @param environment names of variables of the server's environment that its processes get besides the usual ones
 * @param memory the most memory of its process, in bytes; 0 for no limit
 * @param silence how long its process may say nothing before it is ended; zero for any time
 * @param secretInputs ids of inputs that never become variables of the environment
 */
public record ModuleDescription(
        String id,
        String version,
        Kind runtime,
        String entrypoint,
        List<String> command,
        boolean keepsResults,
        boolean validates,
        boolean cleansUp,
        boolean reuses,
        List<String> environment,
        long memory,
        Duration silence,
        Set<String> secretInputs) {

    /** The entry of the bundle that holds the description. */
    public static final String ENTRY = "OSGI-INF/pawl/process.json";

    /** The ways to run a module. */
    public enum Kind {
        /** Python code with a class of the older engine's shape. */
        PYTHON,
        /** Python code with a class of the older worker's shape. */
        SISYPHUS,
        /** A program that may print what it likes; lines that are messages count. */
        COMMAND,
        /** A program that speaks the protocol and nothing else. */
        PROTOCOL;

        /** Whether it is Python that runs it, with code of ours around the module's. */
        boolean isPython() {
            return this == PYTHON || this == SISYPHUS;
        }
    }

    /** Reads a description. */
    static ModuleDescription of(String json) {
        Map<String, Object> fields = Json.object(json);
        return new ModuleDescription(
                text(fields, "id"),
                text(fields, "version"),
                Kind.valueOf(text(fields, "runtime")),
                text(fields, "entrypoint"),
                texts(fields, "command"),
                Boolean.TRUE.equals(fields.get("keeps_results")),
                Boolean.TRUE.equals(fields.get("validates")),
                Boolean.TRUE.equals(fields.get("cleans_up")),
                Boolean.TRUE.equals(fields.get("reuse")),
                texts(fields, "environment"),
                number(fields, "memory"),
                Duration.ofSeconds(number(fields, "silence_s")),
                Set.copyOf(texts(fields, "secret_inputs")));
    }

    private static String text(Map<String, Object> fields, String name) {
        return String.valueOf(fields.getOrDefault(name, ""));
    }

    private static long number(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static List<String> texts(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
