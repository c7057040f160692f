package dev.pawl.console.build;

import java.util.Map;
import java.util.TreeMap;

/** The style sheets, which become one: those of the design first, then those of pages, each by name. */
final class Styles {

    private static final String SHEET = "console.css";

    private Styles() {}

    /** The files with all style sheets joined to one. */
    static Map<String, String> joined(Map<String, String> files) {
        Map<String, String> joined = new TreeMap<>();
        var sheet = new StringBuilder();
        new TreeMap<>(files).forEach((path, text) -> {
            if (path.endsWith(".css")) {
                sheet.append(text).append('\n');
            } else {
                joined.put(path, text);
            }
        });
        joined.put(SHEET, sheet.toString());
        return joined;
    }
}
