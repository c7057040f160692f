package dev.pawl.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The texts of the manual, and what else lies beside them.
 *
 * @param root the root of Pawl's sources
 * @param texts Markdown by its place below the root, such as {@code docs/adr/README.md}
 * @param generated the places of those that are made of the code, in the order in which the contents show them
 */
record Sources(Path root, Map<String, String> texts, List<String> generated) {

    static final String HOME = "docs/README.md";

    /** Pages of the root that belong to the manual. */
    private static final List<String> OF_ROOT = List.of("CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md");

    /** Reads all of docs/, and adds pages that are made of the code. */
    static Sources read(Path root, Map<String, String> generated) throws IOException {
        Map<String, String> texts = new TreeMap<>(generated);
        List<Path> files = new ArrayList<>();
        OF_ROOT.forEach(name -> files.add(root.resolve(name)));
        try (Stream<Path> found = Files.walk(root.resolve("docs"))) {
            found.filter(file -> file.toString().endsWith(".md")).forEach(files::add);
        }
        for (Path file : files) {
            texts.put(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
        }
        return new Sources(root, texts, List.copyOf(generated.keySet()));
    }

    /** The place that a link of a page leads to, below the root; the link has no fragment. */
    static String target(String from, String link) {
        Path place = link.isEmpty() ? Path.of(from) : Path.of(from).resolveSibling(link);
        return place.normalize().toString().replace('\\', '/');
    }

    /** The address in the manual of the page at a place below the root. */
    static String address(String place) {
        if (place.equals("README.md")) {
            return "index.html";
        }
        String name = place.startsWith("docs/")
                ? place.substring("docs/".length())
                : place.toLowerCase(java.util.Locale.ROOT);
        return name.replaceFirst("README\\.md$", "index.md").replaceFirst("\\.md$", ".html");
    }

    /** Whether there is such a page. */
    boolean has(String place) {
        return texts.containsKey(place) || place.equals("README.md");
    }

    /** Whether a picture lies at the place, which pages may show. */
    boolean isPicture(String place) {
        return place.startsWith("docs/")
                && place.matches(".*\\.(?:svg|png)")
                && Files.isRegularFile(root.resolve(place));
    }
}
