package dev.pawl.cli.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.input.ObjectFile;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.PlainText;
import dev.pawl.cli.screen.Screen;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A set of schedules in a file, and the changes to which it comes. */
public final class ScheduleSet {
    private static final String EXAMPLE = "a set of schedules is one, such as"
            + " {\"schedules\": {\"nightly\": {\"cron\": \"@daily\", \"job\": {\"module_id\": \"hello\"}}}}.";

    private ScheduleSet() {}

    /**
     * Reads a file as {@code POST /schedules/apply} takes it. In a file the schedules may also be an object, whose members they are by
     * their names; the set has the name of the file unless that says another.
     *
     * @param file its path; {@code -} is standard input
     */
    public static ObjectNode read(String file) throws UsageException {
        ObjectNode set = ObjectFile.read(file, EXAMPLE);
        if (!set.hasNonNull("set")) {
            set.put("set", name(file));
        }
        if (set.get("schedules") instanceof ObjectNode schedules) {
            ArrayNode list = JsonTrees.array();
            for (Map.Entry<String, JsonNode> schedule : schedules.properties()) {
                if (!(schedule.getValue() instanceof ObjectNode members)) {
                    throw new UsageException("In the file " + file + ", the schedule " + schedule.getKey()
                            + " is no object; it takes one with cron or every, and job.");
                }
                ObjectNode named = JsonTrees.object().put("name", schedule.getKey());
                if (members.has("name")) {
                    throw new UsageException("In the file " + file + ", the schedule " + schedule.getKey()
                            + " has a second name; remove one of them.");
                }
                list.add(named.setAll(members));
            }
            set.set("schedules", list);
        }
        return set;
    }

    private static String name(String file) throws UsageException {
        if (file.equals("-")) {
            throw new UsageException("Standard input has no name; begin the text with \"set: NAME\".");
        }
        String name = String.valueOf(Path.of(file).getFileName());
        int dot = name.indexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /**
     * Shows the changes, a line each; unchanged schedules are counted.
     *
     * @param answer of {@code POST /schedules/apply}
     */
    static void show(JsonNode answer, Screen screen) {
        long unchanged = 0;
        for (JsonNode change : answer.path("changes")) {
            String name = JsonTrees.text(change, "name");
            String sentence = JsonTrees.text(change, "sentence");
            switch (JsonTrees.text(change, "change")) {
                case "made" -> screen.line(screen.paint(Colour.GREEN, "+ " + name) + "  " + sentence);
                case "changed" -> {
                    screen.line(screen.paint(Colour.YELLOW, "~ " + name) + "  " + sentence);
                    change.path("differences").forEach(difference -> screen.line("    " + text(difference)));
                }
                case "removed" -> screen.line(screen.paint(Colour.RED, "- " + name) + "  " + sentence);
                case "left" ->
                    screen.line(screen.paint(Colour.RED, "! " + name)
                            + "  does not belong to the set and stays as it is: " + sentence);
                default -> unchanged++;
            }
        }
        if (unchanged > 0) {
            screen.line("  " + unchanged + (unchanged == 1 ? " schedule is" : " schedules are") + " unchanged.");
        }
    }

    private static String text(JsonNode difference) {
        String field = JsonTrees.text(difference, "field");
        return difference.hasNonNull("from") || difference.hasNonNull("to")
                ? field + ": " + value(difference, "from") + " → " + value(difference, "to")
                : field;
    }

    private static String value(JsonNode difference, String member) {
        return difference.hasNonNull(member) ? PlainText.oneLine(JsonTrees.text(difference, member)) : "none";
    }

    /** The changes as one line, such as {@code made a, b; removed c}; empty when nothing is or would be changed. */
    public static String summary(JsonNode answer) {
        return JsonTrees.stream(answer.path("changes"))
                .filter(change -> !JsonTrees.text(change, "change").equals("unchanged"))
                .collect(Collectors.groupingBy(
                        change -> JsonTrees.text(change, "change"),
                        TreeMap::new,
                        Collectors.mapping(change -> JsonTrees.text(change, "name"), Collectors.joining(", "))))
                .entrySet()
                .stream()
                .map(kind -> kind.getKey() + " " + kind.getValue())
                .collect(Collectors.joining("; "));
    }
}
