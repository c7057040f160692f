package dev.pawl.it.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Code blocks of the documentation. */
public final class PageBlock {

    private static final Path ROOT = Path.of(System.getProperty("pawl.root"));

    private PageBlock() {}

    /** The block of a page in a language that contains a text. */
    public static String of(String page, String language, String text) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(ROOT.resolve(page)))
                .results()
                .map(block -> block.group(1))
                .filter(code -> code.contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError(page + " has no " + language + " block with " + text));
    }
}
