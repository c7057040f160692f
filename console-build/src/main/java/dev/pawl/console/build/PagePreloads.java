package dev.pawl.console.build;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The modules that each page of the console needs besides those of the beginning, by its address: a browser that is told of them with the page asks
 * for all at once, where it would find them one import after the other.
 */
final class PagePreloads {

    /** A line of the list of pages. */
    private static final Pattern ENTRY = Pattern.compile("\\{ path: '([^']*)',.*import\\('\\./([^']+)'\\)");

    private static final String LIST = "pages/index.js";

    private final Map<String, String> files;
    private final ModuleGraph modules;

    PagePreloads(Map<String, String> files, ModuleGraph modules) {
        this.files = files;
        this.modules = modules;
    }

    /** The lines of a file: an expression for the addresses of a page, a tab, and its modules, parted by spaces. The first one that matches holds. */
    String lines(Set<String> known) throws IOException {
        List<String> lines = new ArrayList<>();
        Matcher entries = ENTRY.matcher(files.getOrDefault(LIST, ""));
        while (entries.find()) {
            Set<String> needed = new LinkedHashSet<>(modules.needed("pages/" + entries.group(2)));
            needed.removeAll(known);
            lines.add(entries.group(1).replaceAll(":[^/]+", "[^/]+") + "\t" + String.join(" ", needed));
        }
        return String.join("\n", lines);
    }
}
