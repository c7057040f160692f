package dev.pawl.cli.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.input.TextSource;

/** Files with one JSON object: a job, or the inputs of one. */
final class JobFile {

    private JobFile() {}

    /**
     * Reads a file.
     *
     * @param file its path; {@code -} is standard input
     */
    static ObjectNode read(String file) throws UsageException {
        String text = TextSource.resolve("@" + file);
        try {
            if (JsonTrees.typed(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new UsageException("The file " + file + " holds no JSON: " + JsonTrees.reason(e)
                    + (e.getLocation() == null
                            ? "."
                            : ", in line " + e.getLocation().getLineNr() + "."));
        }
        throw new UsageException("The file " + file + " holds no JSON object; a job is one, such as"
                + " {\"tasks\": [{\"module\": \"hello\", \"data\": {\"name\": \"World\"}}]}.");
    }
}
