package dev.pawl.schedule.time;

import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The time zones of the IANA database, by name. */
public final class TimeZones {

    /** The most names that an error suggests. */
    private static final int SUGGESTIONS = 3;

    /** No name of a zone is longer; of a longer one only this much is compared and told. */
    private static final int LONGEST = 64;

    private TimeZones() {}

    /** The version of the database that this Java has, such as {@code 2025b}. */
    public static String version() {
        return ZoneRulesProvider.getVersions("UTC").lastKey();
    }

    /**
     * The zone of a name such as {@code Europe/Berlin}. An offset such as {@code +02:00} is refused: it would not follow the clock of a place.
     *
     * @throws IllegalArgumentException when there is none, with the names that are nearest
     */
    static ZoneId named(String name) {
        if (!ZoneRulesProvider.getAvailableZoneIds().contains(name)) {
            throw new IllegalArgumentException("time_zone \"" + shortened(name) + "\" is no zone of the IANA database. "
                    + remedy(shortened(name)));
        }
        return ZoneId.of(name);
    }

    private static String remedy(String name) {
        List<String> near = nearest(name.strip().replace(' ', '_').toLowerCase(Locale.ROOT));
        return near.isEmpty() ? "Name one as Europe/Berlin or UTC." : "Did you mean " + String.join(" or ", near) + "?";
    }

    private static List<String> nearest(String name) {
        int most = Math.max(1, name.length() / 4);
        return ZoneRulesProvider.getAvailableZoneIds().stream()
                .map(id -> new Suggestion(id, distance(name, id.toLowerCase(Locale.ROOT))))
                .filter(suggestion -> suggestion.distance() <= most)
                .sorted(Comparator.comparingInt(Suggestion::distance).thenComparing(Suggestion::id))
                .limit(SUGGESTIONS)
                .map(Suggestion::id)
                .toList();
    }

    /** The changes from a name to a zone's, or to its last part: people write {@code berlin}. */
    private static int distance(String name, String id) {
        return Math.min(changes(name, id), changes(name, id.substring(id.lastIndexOf('/') + 1)));
    }

    /** The number of letters to insert, remove or replace (Levenshtein's distance). */
    private static int changes(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "…";
    }

    private record Suggestion(String id, int distance) {}
}
