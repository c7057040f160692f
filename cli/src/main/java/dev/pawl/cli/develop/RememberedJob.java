package dev.pawl.cli.develop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.input.OnceEach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The job that is run after each edit.
 *
 * @param module the module's id; empty for the only one in the project
 * @param inputs the inputs as they were typed
 */
record RememberedJob(String module, Map<String, String> inputs) {

    private static final String FILE = ".mvn/pawl-dev.json";
    private static final String MODULE = "module";
    private static final String INPUTS = "inputs";

    RememberedJob {
        inputs = new LinkedHashMap<>(inputs);
    }

    /** The request that the user gives now, with the parts given before that it does not contradict. */
    static RememberedJob read(Path project, String module, Map<String, String> inputs) {
        JsonNode kept = kept(project);
        String former = JsonTrees.text(kept, MODULE);
        Map<String, String> all = new LinkedHashMap<>();
        if (module.isEmpty() || module.equals(former)) {
            kept.path(INPUTS)
                    .properties()
                    .forEach(entry -> all.put(entry.getKey(), entry.getValue().asText()));
        }
        all.putAll(inputs);
        return new RememberedJob(module.isEmpty() ? former : module, all);
    }

    private static JsonNode kept(Path project) {
        try {
            return JsonTrees.parse(Files.readString(project.resolve(FILE)));
        } catch (JsonProcessingException e) {
            return JsonTrees.object(); // edited by hand; it is written anew
        } catch (IOException e) {
            return JsonTrees.object();
        }
    }

    /**
     * Writes it down for the next time, without secrets.
     *
     * @param fields the module's declarations of its inputs
     * @return the names of inputs that are not written down
     */
    Set<String> write(Path project, JsonNode fields) throws IOException {
        Set<String> secrets = new TreeSet<>();
        JsonTrees.stream(fields)
                .filter(field -> JsonTrees.text(field, "type").equals("secret"))
                .forEach(field -> secrets.add(JsonTrees.text(field, "id")));
        ObjectNode kept = JsonTrees.object().put(MODULE, module);
        ObjectNode texts = kept.putObject(INPUTS);
        inputs.forEach((name, text) -> {
            if (!secrets.contains(OnceEach.published(name))) {
                texts.put(name, text);
            }
        });
        Path file = project.resolve(FILE);
        Files.createDirectories(file.getParent());
        Files.writeString(file, kept + "\n");
        secrets.retainAll(inputs.keySet().stream().map(OnceEach::published).toList());
        return secrets;
    }
}
