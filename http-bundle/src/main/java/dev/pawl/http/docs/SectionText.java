package dev.pawl.http.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The texts about a section of the API, from the resource {@code sections/NAME.http}. It has a title, a description, a line for each
 * variable of paths, and an example for each route, under the name of its operation and in the format of HTTP itself:
 *
 * <pre>
 * # Jobs
 * Work for modules.
 * {id}: The id of a job.
 *
 * ### startJob
 * $ pawl run hello
 * POST /jobs
 * Content-Type: application/json
 *
 * {"module_id": "hello"}
 *
 * HTTP/1.1 200
 *
 * {"id": "…", "status": "pending"}
 * </pre>
 *
 * @param title the title
 * @param description sentences for people
 * @param variables the meaning of each variable of paths
 * @param examples the examples
 */
record SectionText(String title, String description, Map<String, String> variables, List<Example> examples) {

    /** The texts of the section with a name; empty texts when there is no resource for it. */
    static SectionText of(String name) {
        try (InputStream resource = SectionText.class.getResourceAsStream("sections/" + name + ".http")) {
            return resource == null
                    ? new SectionText(name, "", Map.of(), List.of())
                    : parse(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The section " + name + " of the documentation cannot be read.", e);
        }
    }

    /** Parses a resource. */
    static SectionText parse(String text) {
        String[] parts = text.split("(?m)^### ", -1);
        var head = new Lines(parts[0].lines().toList());
        String title = head.take().substring("# ".length());
        String description = head.until("{").replace('\n', ' ');
        Map<String, String> variables = new LinkedHashMap<>();
        head.headers().forEach((name, about) -> variables.put(name.substring(1, name.length() - 1), about));
        List<Example> examples = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            List<String> lines = parts[i].lines().toList();
            examples.add(Example.parse(lines.get(0), lines.subList(1, lines.size())));
        }
        return new SectionText(title, description, variables, List.copyOf(examples));
    }
}
