package dev.pawl.manual;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The look of the manual: values and basics of the console's design system, and a sheet of its own. */
final class Design {

    private static final Path CONSOLE = Path.of("console-bundle/src/main/console");

    private Design() {}

    /** The style sheet. */
    static String styles(Path root) throws IOException {
        return file(root, "design/a-tokens.css") + file(root, "design/b-base.css") + own("manual.css");
    }

    /** A file of the console. */
    static String file(Path root, String name) throws IOException {
        return Files.readString(root.resolve(CONSOLE).resolve(name));
    }

    /** A file of the manual's own. */
    static String own(String name) throws IOException {
        try (InputStream file = Design.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IOException("The manual's build has no " + name + ".");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
