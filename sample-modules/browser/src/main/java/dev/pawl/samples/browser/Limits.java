package dev.pawl.samples.browser;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits of the pool.
 *
 * @param browsers at most so many run at once
 * @param age at which a browser is replaced
 * @param pages after so many tasks a browser is replaced
 * @param idle an unused browser ends after so long
 */
record Limits(int browsers, Duration age, int pages, Duration idle) {

    static final String BROWSERS = "3";
    static final String HOURS = "4";
    static final String PAGES = "100";
    static final String IDLE_MINUTES = "5";

    /** The limits among the module's settings, as Config Admin has them. */
    static Limits of(Map<String, ?> settings) {
        return new Limits(
                number(settings.get("browser_pool_size"), BROWSERS),
                Duration.ofHours(number(settings.get("browser_restart_hours"), HOURS)),
                number(settings.get("browser_restart_pages"), PAGES),
                Duration.ofMinutes(number(settings.get("browser_idle_minutes"), IDLE_MINUTES)));
    }

    private static int number(@Nullable Object value, String otherwise) {
        return value instanceof Number number ? number.intValue() : Integer.parseInt(otherwise);
    }
}
