package dev.pawl.manual.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The page of all routes with an example of each, from the texts of the http-bundle's own page, which its tests hold against the routes. */
public final class RoutesPage {

    private static final Path SECTIONS = Path.of("http-bundle/src/main/resources/dev/pawl/http/docs/sections");

    private RoutesPage() {}

    /** The page. */
    public static String of(Path root) throws IOException {
        var page = new StringBuilder("# Routes\n\nEvery route of the API with an example.")
                .append(
                        " The parameters, fields and errors of each are at `/docs` of a server, and for programs at `/openapi.json`;")
                .append(" [the HTTP API](../http-api.md) explains them.\n");
        try (Stream<Path> files = Files.list(root.resolve(SECTIONS))) {
            for (Path file : files.sorted().toList()) {
                section(page, Files.readString(file));
            }
        }
        return page.toString();
    }

    private static void section(StringBuilder page, String text) {
        String[] parts = text.split("(?m)^### ", -1);
        List<String> head = parts[0].lines().toList();
        page.append("\n## ").append(head.get(0).substring(2)).append("\n\n");
        head.stream().skip(1).filter(line -> !line.isBlank()).forEach(line -> page.append(
                        line.startsWith("{") ? "- " + line.replaceFirst("(\\{\\w+})", "`$1`") : line)
                .append(line.startsWith("{") ? "\n" : "\n\n"));
        for (int at = 1; at < parts.length; at++) {
            operation(page, parts[at]);
        }
    }

    private static void operation(StringBuilder page, String part) {
        List<String> lines = part.strip().lines().skip(1).toList();
        boolean hasCommand = lines.get(0).startsWith("$ ");
        String request = lines.get(hasCommand ? 1 : 0);
        page.append("\n### ").append(request.replaceFirst("\\?.*", "")).append("\n\n");
        if (hasCommand) {
            page.append("On the command line: `")
                    .append(lines.get(0).substring(2))
                    .append("`\n\n");
        }
        page.append("```http\n");
        lines.stream().skip(hasCommand ? 1 : 0).forEach(line -> page.append(line)
                .append('\n'));
        page.append("```\n");
    }
}
