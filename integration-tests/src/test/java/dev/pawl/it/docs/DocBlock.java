package dev.pawl.it.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A block of code in the documentation, with what comments of Markdown before it say to the tests: {@code <!-- not run: WHY -->},
 * {@code <!-- before: COMMANDS -->} and {@code <!-- with: SED -->}, which changes what is run and not what is shown.
 *
 * @param page the page, below the root of the sources
 * @param line the line at which it begins
 * @param language its language; empty when it names none
 * @param text the code
 * @param notes the comments, by their first words
 */
record DocBlock(String page, int line, String language, String text, Map<String, String> notes) {

    private static final Path ROOT = Path.of(System.getProperty("pawl.root"));
    private static final Pattern FENCE = Pattern.compile("( *)```(.*)");
    private static final Pattern NOTE = Pattern.compile(" *<!-- (not run|before|with): (.*) -->");

    /** The blocks of README.md and of all pages in docs/, by page. */
    static Map<String, List<DocBlock>> all() throws IOException {
        Map<String, List<DocBlock>> pages = new TreeMap<>();
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            for (Path file : Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
                    .filter(name -> name.toString().endsWith(".md"))
                    .toList()) {
                String page = ROOT.relativize(file).toString();
                List<DocBlock> blocks = of(page, Files.readAllLines(file));
                if (!blocks.isEmpty()) {
                    pages.put(page, blocks);
                }
            }
        }
        return pages;
    }

    private static List<DocBlock> of(String page, List<String> lines) {
        List<DocBlock> blocks = new ArrayList<>();
        Map<String, String> notes = new TreeMap<>();
        for (int at = 0; at < lines.size(); at++) {
            Matcher note = NOTE.matcher(lines.get(at));
            Matcher fence = FENCE.matcher(lines.get(at));
            if (note.matches()) {
                notes.put(note.group(1), note.group(2));
            } else if (fence.matches()) {
                int begin = at + 1;
                String end = fence.group(1) + "```";
                var text = new StringBuilder();
                while (!lines.get(++at).equals(end)) {
                    String line = lines.get(at);
                    text.append(
                                    line.startsWith(fence.group(1))
                                            ? line.substring(fence.group(1).length())
                                            : line)
                            .append('\n');
                }
                blocks.add(new DocBlock(page, begin, fence.group(2), text.toString(), Map.copyOf(notes)));
                notes.clear();
            } else {
                notes.clear();
            }
        }
        return blocks;
    }

    /** Whether it is run as it stands: a program that begins with {@code #!} is one that other tests call. */
    boolean isRun() {
        return !notes.containsKey("not run") && !text.startsWith("#!");
    }

    String note(String name) {
        return notes.getOrDefault(name, "");
    }

    @Override
    public String toString() {
        return page + ":" + line;
    }
}
