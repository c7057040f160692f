package dev.pawl.cli.input;

import dev.pawl.cli.command.UsageException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a value of the command line, which is either literal or, after an @, the name of a file with the content. */
public final class TextSource {
    private TextSource() {}

    /** The text itself; of {@code @FILE} the file's content, of {@code @-} the standard input; of {@code @@x} the text {@code @x}. */
    public static String resolve(String value) throws UsageException {
        if (!value.startsWith("@")) {
            return value;
        }
        if (value.startsWith("@@")) {
            return value.substring(1);
        }
        String file = value.substring(1);
        try {
            return file.equals("-")
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new UsageException(
                    "The file " + file + " does not exist. To give a text that begins with @, write @@" + file + ".");
        } catch (CharacterCodingException e) {
            throw new UsageException("The file " + file + " is not UTF-8 text.");
        } catch (IOException e) {
            throw new UsageException("The file " + file + " cannot be read: " + e.getMessage() + ".");
        }
    }
}
