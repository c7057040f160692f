package dev.pawl.http;

import dev.pawl.base.net.Loopback;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the HTTP API, read from the framework's properties and checked.
 *
 * @param version the product's version version
 * @param data the data folder
 * @param host the host name or address that the server binds to
 * @param port the port; 0 for any free one
 * @param open whether callers need no token
 * @param followers the most clients that follow logs or wait for jobs at once, and likewise the most that read events
 * @param origins the origins of web pages that may call the API, in lower case
 * @param effective all settings of the product by name, secrets masked
 */
public record Settings(
        String version,
        Path data,
        String host,
        int port,
        boolean open,
        int followers,
        Set<String> origins,
        Map<String, String> effective) {

    private static final String MASK = "********";
    private static final int MOST_FOLLOWERS = 50_000;
    private static final int LEAST_CONNECTIONS = 2_000;

    public Settings {
        origins = Set.copyOf(origins);
        effective = Map.copyOf(effective);
        if (open && !Loopback.isSpelled(host)) {
            throw new IllegalStateException(
                    "pawl.auth is off and pawl.api.host is " + host
                            + ": without tokens the server binds to loopback only. Set PAWL_AUTH=token, or PAWL_API_HOST=127.0.0.1.");
        }
    }

    /**
     * Reads and checks the settings.
     *
     * @param properties looks up a property by name; null when it is not set
     */
    static Settings read(UnaryOperator<@Nullable String> properties) {
        return new Settings(
                text(properties, "pawl.version", "0"),
                Path.of(text(properties, "pawl.data.dir", System.getProperty("user.home") + "/.pawl")),
                text(properties, "pawl.api.host", "127.0.0.1"),
                number(properties, "pawl.api.port", 8_420, 0, 0xffff),
                open(text(properties, "pawl.auth", "token")),
                number(properties, "pawl.followers", 1_000, 1, MOST_FOLLOWERS),
                origins(text(properties, "pawl.cors.origins", "")),
                effective(properties));
    }

    /** The most connections: followers of both kinds leave no room for others when all are there, so idle ones are closed earlier then. */
    int connections() {
        return Math.max(LEAST_CONNECTIONS, 2 * followers);
    }

    private static int number(
            UnaryOperator<@Nullable String> properties, String name, int otherwise, int least, int most) {
        String text = text(properties, name, Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException noNumber) { // reported below
        }
        throw new IllegalStateException(
                name + " is \"" + text + "\"; it takes a number from " + least + " to " + most + ".");
    }

    private static boolean open(String word) {
        return switch (word) {
            case "off" -> true;
            case "token" -> false;
            default -> throw new IllegalStateException("pawl.auth is \"" + word + "\"; it takes token or off.");
        };
    }

    private static Set<String> origins(String list) {
        Set<String> origins = new LinkedHashSet<>();
        for (String entry : list.split(",", -1)) {
            if (!entry.isBlank()) {
                origins.add(origin(entry.strip()));
            }
        }
        return origins;
    }

    private static String origin(String text) {
        try {
            URI origin = new URI(text);
            String scheme = origin.getScheme();
            if (("http".equals(scheme) || "https".equals(scheme))
                    && text.equals(scheme + "://" + origin.getRawAuthority())
                    && origin.getHost() != null) {
                return text.toLowerCase(Locale.ROOT);
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("pawl.cors.origins holds \"" + text + "\", which is not an origin.", e);
        }
        throw new IllegalStateException("pawl.cors.origins holds \"" + text
                + "\"; it takes origins such as https://example.org, without a path, separated by commas.");
    }

    private static Map<String, String> effective(UnaryOperator<@Nullable String> properties) {
        Map<String, String> effective = new LinkedHashMap<>();
        Set<String> secret =
                Set.copyOf(List.of(text(properties, "pawl.settings.secret", "").split(",", -1)));
        for (String name : text(properties, "pawl.settings", "").split(",", -1)) {
            String value = properties.apply(name.strip());
            boolean shownSeparately = name.strip().equals("pawl.version");
            if (value != null && !name.isBlank() && !shownSeparately) {
                String shown = name.strip().replaceFirst("^pawl\\.", "").replace('.', '_');
                effective.put(shown, secret.contains(name.strip()) && !value.isEmpty() ? MASK : value);
            }
        }
        return effective;
    }

    private static String text(UnaryOperator<@Nullable String> properties, String name, String otherwise) {
        String value = properties.apply(name);
        return value == null || value.isBlank() ? otherwise : value.strip();
    }
}
