package dev.pawl.cli.project;

import dev.pawl.cli.command.UsageException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/** Reads the inputs of a new module from one line, such as {@code name:text!, count:integer=3}. */
final class InputList {

    private static final Pattern ENTRY = Pattern.compile(
            "(?<name>[^:!=\\s]+)\\s*(?::\\s*(?<kind>[^!=\\s]*))?\\s*(?<required>!)?\\s*(?:=(?<value>.*))?");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z][a-z0-9]*)*");
    private static final String SHAPE =
            "an input is written NAME:TYPE, NAME:TYPE! when it is required, or NAME:TYPE=DEFAULT";

    /** Names that a component of a record must not have. */
    private static final Set<String> OF_OBJECTS =
            Set.of("clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

    private InputList() {}

    /**
     * @param line the inputs with commas between them; a default with a comma stands in double quotes
     * @throws UsageException when one of them cannot be an input, with its name and what to do
     */
    static List<DeclaredInput> read(String line) throws UsageException {
        List<DeclaredInput> inputs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String entry : entries(line)) {
            DeclaredInput input = input(entry.strip());
            if (!names.add(input.name())) {
                throw refused(input.name() + " is there twice; give each input once");
            }
            inputs.add(input);
        }
        return inputs;
    }

    private static List<String> entries(String line) throws UsageException {
        List<String> entries = new ArrayList<>();
        if (line.isBlank()) {
            return entries;
        }
        StringBuilder entry = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '"';
            if (c == ',' && !quoted) {
                entries.add(entry.toString());
                entry.setLength(0);
            } else {
                entry.append(c);
            }
        }
        if (quoted) {
            throw refused(
                    "a double quote is not closed in \"" + entry.toString().strip() + "\"");
        }
        entries.add(entry.toString());
        return entries;
    }

    private static DeclaredInput input(String entry) throws UsageException {
        Matcher parts = ENTRY.matcher(entry);
        if (!parts.matches()) {
            throw refused("\"" + entry + "\" is no input; " + SHAPE);
        }
        String name = checkedName(parts.group("name"));
        String word = parts.group("kind") == null ? "text" : parts.group("kind");
        InputKind kind = InputKind.of(word)
                .orElseThrow(
                        () -> refused("the type of " + name + " is \"" + word + "\"; there are " + InputKind.words()));
        boolean required = parts.group("required") != null;
        return new DeclaredInput(name, kind, required, otherwise(name, kind, required, parts.group("value")));
    }

    private static String checkedName(String name) throws UsageException {
        if (!NAME.matcher(name).matches()) {
            throw refused("the name \"" + name
                    + "\" is not in snake_case; a name has lower-case letters, digits, and _ between words");
        }
        String component = new DeclaredInput(name, InputKind.TEXT, false, null).component();
        if (SourceVersion.isKeyword(component) || OF_OBJECTS.contains(component)) {
            throw refused("the name " + name + " has a meaning in Java; choose another, such as " + name + "_value");
        }
        return name;
    }

    private static @Nullable String otherwise(String name, InputKind kind, boolean required, @Nullable String written)
            throws UsageException {
        if (written == null) {
            return null;
        }
        String value = written.strip();
        if (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
            value = value.substring(1, value.length() - 1);
        }
        if (required) {
            throw refused(name + " is required and has the default \"" + value + "\"; leave out the ! or the default");
        }
        if (!kind.accepts(value)) {
            throw refused("the default of " + name + " is \"" + value + "\", which is not of the type " + kind.word());
        }
        return value;
    }

    private static UsageException refused(String why) {
        return new UsageException("--inputs: " + why + ".");
    }
}
