package dev.pawl.cli.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.cli.client.JsonTrees;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads YAML 1.2 as JSON values; numbers keep all their digits. The only class that loads the YAML parser, so that no other command pays
 * for it.
 */
public final class YamlFile {
    private static final int MOST_VALUES = 100_000;
    private static final int MOST_DEPTH = 200;

    private int values;

    private YamlFile() {}

    /** Thrown for text that is not YAML, or not such as has a JSON value; the message says what and where. */
    public static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }

    /** The value of one document; a null for an empty one. */
    public static JsonNode read(String text) throws UnreadableException {
        try {
            LoadSettings settings =
                    LoadSettings.builder().setSchema(new CoreSchema()).build();
            Node root = new Compose(settings).composeString(text).orElse(null);
            return root == null ? NullNode.getInstance() : new YamlFile().value(root, 0);
        } catch (MarkedYamlEngineException e) {
            throw new UnreadableException(e.getProblem()
                    + e.getProblemMark()
                            .map(mark -> ", in line " + (mark.getLine() + 1))
                            .orElse(""));
        } catch (YamlEngineException e) {
            throw new UnreadableException(String.valueOf(e.getMessage()));
        }
    }

    private JsonNode value(Node node, int depth) throws UnreadableException {
        if (depth > MOST_DEPTH) { // an alias may stand for what contains it
            throw new UnreadableException("it is nested more than " + MOST_DEPTH + " deep" + line(node));
        }
        if (++values > MOST_VALUES) { // aliases of aliases multiply
            throw new UnreadableException("it has more than " + MOST_VALUES + " values, those of its aliases included");
        }
        if (node instanceof MappingNode mapping) {
            return object(mapping, depth + 1);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JsonTrees.array();
            for (Node element : sequence.getValue()) {
                array.add(value(element, depth + 1));
            }
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private ObjectNode object(MappingNode mapping, int depth) throws UnreadableException {
        ObjectNode object = JsonTrees.object();
        for (NodeTuple member : mapping.getValue()) {
            if (!(member.getKeyNode() instanceof ScalarNode name)) {
                throw new UnreadableException("a name is a list or a map" + line(member.getKeyNode()));
            }
            if (object.has(name.getValue())) {
                throw new UnreadableException("\"" + name.getValue() + "\" is given twice" + line(name));
            }
            object.set(name.getValue(), value(member.getValueNode(), depth));
        }
        return object;
    }

    private static JsonNode scalar(ScalarNode node) throws UnreadableException {
        Tag tag = node.getTag();
        String text = node.getValue();
        try {
            if (tag.equals(Tag.INT)) {
                return BigIntegerNode.valueOf(integer(text));
            }
            if (tag.equals(Tag.FLOAT)) {
                return DecimalNode.valueOf(new BigDecimal(text));
            }
        } catch (NumberFormatException e) {
            throw new UnreadableException("the number " + text + " has no value in JSON" + line(node));
        }
        if (tag.equals(Tag.BOOL)) {
            return BooleanNode.valueOf(text.equalsIgnoreCase("true"));
        }
        return tag.equals(Tag.NULL) ? NullNode.getInstance() : TextNode.valueOf(text);
    }

    private static BigInteger integer(String text) {
        if (text.startsWith("0x")) {
            return new BigInteger(text.substring(2), 16);
        }
        return text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
    }

    private static String line(Node node) {
        return node.getStartMark()
                .map(mark -> ", in line " + (mark.getLine() + 1))
                .orElse("");
    }
}
