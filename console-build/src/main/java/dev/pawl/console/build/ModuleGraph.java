package dev.pawl.console.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The modules of the console and which of them import which. */
final class ModuleGraph {

    /** An import that the browser follows before a module runs: of a statement, not of a call. */
    private static final Pattern STATIC =
            Pattern.compile("(?:^|[;\\s])(?:import|export)\\s*(?:[^'\"();]*?\\bfrom\\s*)?['\"]([^'\"]+)['\"]");

    private static final Pattern DYNAMIC = Pattern.compile("import\\(\\s*['\"]([^'\"]+)['\"]\\s*\\)");

    private final Map<String, String> files;

    ModuleGraph(Map<String, String> files) {
        this.files = files;
    }

    /** Checks that each import names a file there is, by a relative address: nothing maps other names. */
    void check() throws IOException {
        for (String path : files.keySet()) {
            if (path.endsWith(".js")) {
                imports(path, STATIC);
                imports(path, DYNAMIC);
            }
        }
    }

    /** The modules that a browser needs before the given one runs, itself first. */
    List<String> needed(String entry) throws IOException {
        Set<String> needed = new LinkedHashSet<>(List.of(entry));
        List<String> open = new ArrayList<>(needed);
        while (!open.isEmpty()) {
            for (String imported : imports(open.remove(0), STATIC)) {
                if (needed.add(imported)) {
                    open.add(imported);
                }
            }
        }
        return List.copyOf(needed);
    }

    private List<String> imports(String path, Pattern form) throws IOException {
        List<String> found = new ArrayList<>();
        Matcher imports = form.matcher(String.valueOf(files.get(path)));
        while (imports.find()) {
            String name = imports.group(1);
            String target =
                    Path.of(path).resolveSibling(name).normalize().toString().replace('\\', '/');
            if (!name.startsWith(".") || !files.containsKey(target)) {
                throw new IOException(
                        path + " imports \"" + name + "\"; it takes the relative address of a file of the console.");
            }
            found.add(target);
        }
        return found;
    }
}
