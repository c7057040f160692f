package dev.pawl.leak;

import dev.pawl.base.duration.DurationText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the leak search.
 *
 * @param check how long after a module's bundle went its class loader is looked for; zero to look for none
 * @param dataDir the server's data folder
 */
record LeakSettings(Duration check, Path dataDir) {

    private static final String CHECK = "pawl.leak.check";
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Reads the framework's properties, with their defaults. */
    static LeakSettings of(UnaryOperator<@Nullable String> properties) {
        String home = Path.of(System.getProperty("user.home"), ".pawl").toString();
        String text = or(properties.apply(CHECK), "20s");
        Duration check = DurationText.parse(text)
                .filter(duration -> duration.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> new IllegalArgumentException(CHECK + " is \"" + text + "\"; it takes 0s to 1h."));
        return new LeakSettings(check, Path.of(or(properties.apply("pawl.data.dir"), home)));
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value.trim();
    }
}
