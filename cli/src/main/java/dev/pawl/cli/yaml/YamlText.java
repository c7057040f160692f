package dev.pawl.cli.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes JSON values as YAML 1.2 in block style. Small enough to cost a command no start-up time. Whatever a reader of YAML 1.1 or 1.2
 * could take for something other than text is quoted, and quoted text is JSON's, which both versions read.
 */
public final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./+@()-]*( [A-Za-z0-9_./+@()-]+)*");
    private static final Set<String> WORDS = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");
    private static final String STEP = "  ";

    private final StringBuilder text = new StringBuilder();

    private YamlText() {}

    /** The value as YAML; it ends with a line end. */
    public static String of(JsonNode value) {
        YamlText yaml = new YamlText();
        if (isBlock(value)) {
            yaml.block(value, "");
        } else {
            yaml.text.append(scalar(value)).append('\n');
        }
        return yaml.text.toString();
    }

    private void block(JsonNode value, String indent) {
        if (value.isArray()) {
            value.forEach(element -> {
                text.append(indent).append('-');
                member(element, indent + STEP, true);
            });
            return;
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            text.append(indent).append(scalar(TextNode.valueOf(entry.getKey()))).append(':');
            member(entry.getValue(), indent + STEP, false);
        }
    }

    /** Writes a value after its name or dash: on the same line, or as a block below; an object begins beside its dash. */
    private void member(JsonNode value, String indent, boolean afterDash) {
        if (!isBlock(value)) {
            text.append(' ').append(scalar(value)).append('\n');
            return;
        }
        if (!afterDash) {
            text.append('\n');
            block(value, indent);
            return;
        }
        int start = text.length();
        block(value, indent);
        text.replace(start, start + indent.length(), " "); // the dash stands where the indent would begin
    }

    private static boolean isBlock(JsonNode value) {
        return value.isContainerNode() && !value.isEmpty();
    }

    private static String scalar(JsonNode value) {
        if (value.isTextual()) {
            String plain = value.textValue();
            boolean isPlain = PLAIN.matcher(plain).matches() && !WORDS.contains(plain.toLowerCase(Locale.ROOT));
            return isPlain ? plain : value.toString();
        }
        return value.toString();
    }
}
