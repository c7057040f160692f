package dev.pawl.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.yaml.YamlText;
import java.util.List;
import java.util.Locale;

/** The formats of answers and errors. */
public enum OutputFormat {
    /** Tables and sentences, for people. */
    TABLE,
    /** The API's unchanged answer, for programs. */
    JSON,
    /** The same answer as YAML. */
    YAML;

    private static final String SHORT = "-o";
    private static final String LONG = "--output";

    /** The format that a command line asks for, also one that cannot be parsed: its error is to be in that format too. */
    public static OutputFormat in(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--")) {
                break;
            }
            if (argument.equals(SHORT) || argument.equals(LONG)) {
                return named(i + 1 < arguments.size() ? arguments.get(i + 1) : "");
            }
            if (argument.startsWith(LONG + "=")) {
                return named(argument.substring(LONG.length() + 1));
            }
            if (argument.startsWith(SHORT) && !argument.startsWith("--")) {
                return named(argument.substring(SHORT.length()).replaceFirst("^=", ""));
            }
        }
        return TABLE;
    }

    /** Whether it is for programs, which take the answer as a whole. */
    public boolean isForPrograms() {
        return this != TABLE;
    }

    /** A value in this format. */
    public String text(JsonNode value) {
        return this == YAML ? YamlText.of(value) : value.toString();
    }

    private static OutputFormat named(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "json" -> JSON;
            case "yaml" -> YAML;
            default -> TABLE;
        };
    }
}
