package dev.pawl.deploy.pack;

import dev.pawl.base.json.value.Json;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code module.json} of a module in a folder: that of the older engine as it is, and fields of ours. Unknown fields are passed
 * over, as they were there.
 *
 * @param runtime PYTHON, SISYPHUS, COMMAND or PROTOCOL
 * @param entrypoint the file with the code; for SISYPHUS the name of the class with its package and module
 * @param command the program and its arguments; empty for Python
 * @param keepsResults whether results stay even when no checkpoint follows them
 * @param phases the phases besides run that the module has: validate, cleanup
 * @param reuses whether one process takes task after task
 * @param environment names of the server's variables that its processes get
 * @param memory the most memory of each of its processes, in bytes; 0 for no limit
 * @param silence how long its process may say nothing, in seconds; 0 for any time
 * @param concurrency how many of its jobs may run at once; 0 for as many as there are slots
 * @param checkpoints versions whose checkpoints it goes on from; empty for any
 * @param inputsSchema the JSON Schema of its inputs
 * @param settingsSchema the JSON Schema of its settings
 */
record FolderManifest(
        String id,
        String name,
        String version,
        String description,
        String entrypoint,
        List<String> capabilities,
        String runtime,
        List<String> command,
        boolean keepsResults,
        Set<String> phases,
        boolean reuses,
        List<String> environment,
        long memory,
        int silence,
        int concurrency,
        String checkpoints,
        Map<String, Object> inputsSchema,
        Map<String, Object> settingsSchema) {

    /** Its name in the folder. */
    static final String FILE = "module.json";

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_-]*(\\.[a-z0-9_-]+)*");
    private static final int LONGEST_ID = 64;
    private static final int LONGEST_SILENCE_S = 86_400;
    private static final Set<String> RUNTIMES = Set.of("python", "sisyphus", "command", "protocol");
    private static final Set<String> PHASES = Set.of("validate", "run", "cleanup");
    private static final Set<String> YES = Set.of("true", "yes", "on", "1", "y", "t");
    private static final Set<String> NO = Set.of("false", "no", "off", "0", "n", "f");
    private static final Set<String> OURS = Set.of("runtime", "command", "results", "phases", "schema");

    /** Reads the text; throws a {@link ProblemException} that names the field. */
    static FolderManifest read(String json) {
        Map<String, Object> fields;
        try {
            if (!(Json.typed(json) instanceof Map<?, ?> object)) {
                throw refusal("it is no JSON object");
            }
            fields = new HashMap<>();
            object.forEach((name, value) -> {
                if (value != null) {
                    fields.put(String.valueOf(name), value);
                }
            });
        } catch (IllegalArgumentException e) {
            throw refusal(String.valueOf(e.getMessage()));
        }
        String id = required(fields, "id");
        if (id.length() > LONGEST_ID || !ID.matcher(id).matches()) {
            throw refusal(
                    "its id is \"" + id + "\"; an id has 1 to 64 characters, first a lower-case letter, then lower-case"
                            + " letters, digits, _, - and single dots");
        }
        List<String> command = texts(fields, "command");
        String runtime = word(fields, "runtime", command.isEmpty() ? "python" : "command", RUNTIMES);
        boolean olderWorker = runtime.equals("sisyphus");
        if (!runtime.equals("python") && !olderWorker && command.isEmpty()) {
            throw refusal("its runtime is " + runtime
                    + " and it has no command; give the program and its arguments as a list");
        }
        if ((runtime.equals("python") || olderWorker) && !command.isEmpty()) {
            throw refusal("its runtime is " + runtime + " and it has a command; leave one of the two out");
        }
        String results = word(
                fields,
                "results",
                OURS.stream().noneMatch(fields::containsKey) ? "keep" : "exact",
                Set.of("keep", "exact"));
        Map<?, ?> schema = fields.get("schema") instanceof Map<?, ?> own ? own : Map.of();
        return new FolderManifest(
                id,
                required(fields, "name"),
                required(fields, "version"),
                text(fields, "description", ""),
                text(fields, "entrypoint", "main.py"),
                texts(fields, "capabilities"),
                runtime.toUpperCase(Locale.ROOT),
                command,
                results.equals("keep"),
                olderWorker ? Set.of("validate", "cleanup") : phases(fields),
                reuses(fields, runtime),
                texts(fields, "environment"),
                MemorySize.of(fields.get("memory")),
                number(fields, "silence_s", LONGEST_SILENCE_S),
                number(fields, "concurrency", Integer.MAX_VALUE),
                text(fields, "checkpoints", ""),
                schema(schema, "inputs", fields(fields, "inputs")),
                schema(schema, "settings", fields(fields, "settings")));
    }

    private static Set<String> phases(Map<String, Object> fields) {
        List<String> phases = texts(fields, "phases");
        phases.stream().filter(phase -> !PHASES.contains(phase)).findFirst().ifPresent(unknown -> {
            throw refusal("its phases name \"" + unknown + "\"; there are validate, run and cleanup");
        });
        return Set.copyOf(phases);
    }

    private static boolean reuses(Map<String, Object> fields, String runtime) {
        Object reuse = fields.getOrDefault("reuse", false);
        if (!(reuse instanceof Boolean reuses)) {
            throw refusal("its reuse is " + reuse + "; it takes true or false");
        }
        if (reuses && runtime.equals("command")) {
            throw refusal("its reuse is true and its runtime is command; a program that does not listen"
                    + " cannot take another task, so leave reuse out, or let it speak the protocol");
        }
        return reuses;
    }

    /** A whole number; 0 when there is none. */
    private static int number(Map<String, Object> fields, String name, int most) {
        Object value = fields.get(name);
        if (value == null) {
            return 0;
        }
        if (value instanceof Integer number && number >= 0 && number <= most) {
            return number;
        }
        throw refusal("its " + name + " is " + value + "; it takes a whole number from 0"
                + (most == Integer.MAX_VALUE ? "" : " to " + most));
    }

    @SuppressWarnings("unchecked") // an object as it was read has texts for names
    private static Map<String, Object> schema(Map<?, ?> own, String name, List<ManifestField> fields) {
        return own.get(name) instanceof Map<?, ?> given ? (Map<String, Object>) given : FieldSchemas.of(fields);
    }

    /** The fields of a list; a map of fields by their names is taken too, since a guide for authors teaches it. */
    private static List<ManifestField> fields(Map<String, Object> manifest, String name) {
        Object declared = manifest.get(name);
        List<ManifestField> fields = new ArrayList<>();
        Map<String, String> variables = new HashMap<>();
        if (declared instanceof List<?> list) {
            list.forEach(entry -> fields.add(field(name, entry, null)));
        } else if (declared instanceof Map<?, ?> map) {
            map.forEach((id, entry) -> fields.add(field(name, entry, String.valueOf(id))));
        } else if (declared != null) {
            throw refusal("its " + name + " are no list");
        }
        for (ManifestField field : fields) {
            String other = variables.put(field.variable(), field.id());
            if (other != null) {
                throw refusal("its " + name + " \"" + other + "\" and \"" + field.id()
                        + "\" would be the same variable of the environment, PAWL_INPUT_" + field.variable());
            }
        }
        return fields;
    }

    private static ManifestField field(String list, @Nullable Object entry, @Nullable String id) {
        if (!(entry instanceof Map<?, ?> map)) {
            throw refusal("its " + list + " hold " + entry + "; each of them is an object with an id");
        }
        Object name = id == null ? map.get("id") : id;
        if (!(name instanceof String text) || text.isBlank()) {
            throw refusal("one of its " + list + " has no id");
        }
        Object type = map.get("type");
        Object description = map.get("description");
        return new ManifestField(
                text,
                type == null ? "text" : type.toString(),
                isRequired(list, text, map.get("required")),
                map.get("default"),
                description == null ? "" : description.toString());
    }

    /** Whether a field must be given; texts count as the older engine took them. */
    private static boolean isRequired(String list, String field, @Nullable Object required) {
        String word = required == null ? "false" : String.valueOf(required).toLowerCase(Locale.ROOT);
        if (YES.contains(word) || NO.contains(word)) {
            return YES.contains(word);
        }
        throw refusal(
                "the required of \"" + field + "\" in its " + list + " is " + required + "; it takes true or false");
    }

    private static String required(Map<String, Object> fields, String name) {
        if (fields.get(name) instanceof String text && !text.isBlank()) {
            return text.strip();
        }
        throw refusal("its " + name + " is " + (fields.containsKey(name) ? fields.get(name) : "missing")
                + "; it takes a text");
    }

    private static String text(Map<String, Object> fields, String name, String otherwise) {
        Object value = fields.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof String text) {
            return text;
        }
        throw refusal("its " + name + " is " + value + "; it takes a text");
    }

    private static String word(Map<String, Object> fields, String name, String otherwise, Set<String> words) {
        String word = text(fields, name, otherwise);
        if (!words.contains(word)) {
            throw refusal("its " + name + " is \"" + word + "\"; it takes one of "
                    + String.join(", ", words.stream().sorted().toList()));
        }
        return word;
    }

    private static List<String> texts(Map<String, Object> fields, String name) {
        Object value = fields.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String::valueOf).toList();
        }
        throw refusal("its " + name + " is " + value + "; it takes a list of texts");
    }

    static ProblemException refusal(String why) {
        return new ProblemException(ProblemCode.INVALID_MANIFEST, "The module's " + FILE + " is refused: " + why + ".");
    }
}
