package dev.pawl.cli.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.yaml.YamlFile;

/** Files with one object, as JSON or YAML, such as a job or a set of schedules. */
public final class ObjectFile {

    private ObjectFile() {}

    /**
     * Reads a file: JSON when it begins with a brace, unless its name says YAML, else YAML.
     *
     * @param file its path; {@code -} is standard input
     * @param example a sentence that says what it takes, for a file that holds none
     */
    public static ObjectNode read(String file, String example) throws UsageException {
        String text = TextSource.resolve("@" + file);
        boolean yaml = file.endsWith(".yaml")
                || file.endsWith(".yml")
                || !text.stripLeading().startsWith("{");
        if ((yaml ? yaml(file, text) : json(file, text)) instanceof ObjectNode object) {
            return object;
        }
        throw new UsageException("The file " + file + " holds no object; " + example);
    }

    private static JsonNode json(String file, String text) throws UsageException {
        try {
            return JsonTrees.typed(text);
        } catch (JsonProcessingException e) {
            throw new UsageException("The file " + file + " holds no JSON: " + JsonTrees.reason(e)
                    + (e.getLocation() == null
                            ? "."
                            : ", in line " + e.getLocation().getLineNr() + "."));
        }
    }

    private static JsonNode yaml(String file, String text) throws UsageException {
        try {
            return YamlFile.read(text);
        } catch (YamlFile.UnreadableException e) {
            throw new UsageException("The file " + file + " holds no YAML: " + e.getMessage() + ".");
        }
    }
}
