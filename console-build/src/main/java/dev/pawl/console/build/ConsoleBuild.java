package dev.pawl.console.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes the console's files as the console-bundle serves them: checked, compressed, and in one place whose name changes with the contents of any
 * of them. It bundles nothing: a browser gets the modules as they were written.
 */
public final class ConsoleBuild {

    private static final String LIBRARIES = "META-INF/resources/webjars/";

    private ConsoleBuild() {}

    /**
     * Writes the files.
     *
     * @param arguments the folder of the sources, the folder for the files, then the files of WebJars that the console uses, such as
     *     {@code lit-html/3.3.1/lit-html.js}, which is found at {@code lib/lit-html/lit-html.js}
     */
    public static void main(String[] arguments) throws IOException {
        Path sources = Path.of(arguments[0]);
        Map<String, String> files = read(sources);
        for (String library : List.of(arguments).subList(2, arguments.length)) {
            String name = library.replaceFirst("/[^/]+/", "/").replaceFirst("LICENSE$", "license.txt");
            files.put("lib/" + name, library(library));
        }
        String page = files.remove("index.html");
        if (page == null) {
            throw new IOException(sources + " has no index.html.");
        }
        new SiteWriter(Path.of(arguments[1])).write(page, Styles.joined(files));
    }

    private static Map<String, String> read(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
        return files;
    }

    private static String library(String name) throws IOException {
        try (InputStream file = ConsoleBuild.class.getClassLoader().getResourceAsStream(LIBRARIES + name)) {
            if (file == null) {
                throw new IOException("No WebJar has " + name + ".");
            }
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return text.replaceAll("(?m)^//# sourceMappingURL=.*$", ""); // the maps are not shipped
        }
    }
}
