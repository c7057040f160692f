package dev.pawl.http.health;

import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the listener for health.
 *
 * @param port its port; empty when there is none
 * @param metrics whether it has the measurements too
 */
public record HealthSettings(OptionalInt port, boolean metrics) {

    private static final String PORT = "pawl.health.port";
    private static final String METRICS = "pawl.health.metrics";

    /**
     * Reads and checks the settings.
     *
     * @param properties looks up a property by name; null when it is not set
     */
    public static HealthSettings read(UnaryOperator<@Nullable String> properties) {
        String port = properties.apply(PORT);
        return new HealthSettings(
                port == null || port.isBlank() ? OptionalInt.empty() : OptionalInt.of(number(port.strip())),
                "on".equals(properties.apply(METRICS)));
    }

    private static int number(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port <= 0xffff) {
                return port;
            }
        } catch (NumberFormatException noNumber) { // reported below
        }
        throw new IllegalStateException(PORT + " is \"" + text + "\"; it takes a number from 1 to 65535, or nothing.");
    }
}
