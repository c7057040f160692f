package dev.pawl.shell;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Formats and parses single values for the shell. */
final class ShellText {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int ID_START = 8;

    private ShellText() {}

    /** A time in the zone of this machine; a dash for none. */
    static String moment(@Nullable Instant time) {
        return time == null ? "-" : MOMENT.format(time.atZone(ZoneId.systemDefault()));
    }

    /** The beginning of an id, which every command accepts in place of the whole id. */
    static String id(UUID id) {
        return id.toString().substring(0, ID_START);
    }

    /** Parses {@code key=value} texts; the catalog converts the values to the types that the module declares. */
    static Map<String, String> pairs(String[] texts) throws CommandException {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new CommandException("\"" + text + "\" is not an input; inputs are given as name=value.");
            }
            String name = text.substring(0, equals);
            if (pairs.put(name, text.substring(equals + 1)) != null) {
                throw new CommandException("\"" + name + "\" is given twice; give it once.");
            }
        }
        return pairs;
    }
}
