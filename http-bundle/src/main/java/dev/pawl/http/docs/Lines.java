package dev.pawl.http.docs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines of an example that have not been read yet. */
final class Lines {

    private final List<String> lines;
    private int at;

    Lines(List<String> lines) {
        this.lines = List.copyOf(lines);
    }

    /** The next line; empty after the last one. */
    String next() {
        return at < lines.size() ? lines.get(at) : "";
    }

    /** The next line, which then has been read. */
    String take() {
        String line = next();
        at++;
        return line;
    }

    /** The headers up to the next empty line. */
    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = take(); !line.isEmpty(); line = take()) {
            String[] parts = line.split(": ", 2);
            headers.put(parts[0], parts[1]);
        }
        return headers;
    }

    /** The text before a line that begins so, or before the end, without empty lines around it. */
    String until(@Nullable String beginning) {
        List<String> text = new ArrayList<>();
        while (at < lines.size() && (beginning == null || !next().startsWith(beginning))) {
            text.add(take());
        }
        return String.join("\n", text).strip();
    }
}
