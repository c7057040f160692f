package dev.pawl.runtime.settings;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the file that {@code PAWL_ENV_FILE} names: lines {@code NAME=value}, where blank lines and lines that begin with {@code #} are
 * skipped, {@code export} before the name is allowed, and a value may stand in single or double quotes. Nothing is expanded.
 */
final class EnvFile {

    private static final Pattern LINE = Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)");

    private EnvFile() {}

    /** The variables by name; when a name occurs twice, the later line counts. */
    static Map<String, String> read(Path file) throws WrongSettingException {
        Map<String, String> variables = new HashMap<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(text);
            if (!matcher.matches()) {
                throw new WrongSettingException(
                        "Line " + number + " of the env file " + file + " is not of the form NAME=value.");
            }
            variables.put(matcher.group(1), unquoted(matcher.group(2)));
        }
        return variables;
    }

    private static List<String> lines(Path file) throws WrongSettingException {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException missing) {
            throw new WrongSettingException(
                    "PAWL_ENV_FILE is \"" + file + "\", which does not exist; it takes the path of an env file.");
        } catch (MalformedInputException binary) {
            throw new WrongSettingException(
                    "PAWL_ENV_FILE is \"" + file + "\", which is not UTF-8 text; it takes the path of an env file.");
        } catch (IOException unreadable) {
            throw new WrongSettingException("PAWL_ENV_FILE is \"" + file + "\", which cannot be read (" + unreadable
                    + "); it takes the path of an env file.");
        }
    }

    private static String unquoted(String value) {
        if (value.length() >= 2) {
            char first = value.charAt(0);
            if ((first == '"' || first == '\'') && value.charAt(value.length() - 1) == first) {
                return value.substring(1, value.length() - 1);
            }
        }
        return value;
    }
}
