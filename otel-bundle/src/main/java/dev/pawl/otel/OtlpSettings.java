package dev.pawl.otel;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the export. They mean what the variables {@code OTEL_…} of the same names mean in OpenTelemetry's specification.
 *
 * @param endpoint the address to which spans are sent
 * @param headers the headers of each request, such as a token of the collector
 * @param service the name under which this server appears
 * @param ratio the share of traces that begin here and are recorded, 0 to 1
 * @param authorities a PEM file of certificate authorities that are trusted instead of those of the JVM
 */
record OtlpSettings(
        URI endpoint, Map<String, String> headers, String service, double ratio, Optional<Path> authorities) {

    private static final String PREFIX = "pawl.otlp.";
    private static final String TRACES = "v1/traces";

    /** The name of a header, as RFC 9110 has it. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    OtlpSettings {
        headers = Map.copyOf(headers);
    }

    /**
     * Reads and checks the settings.
     *
     * @param properties looks up a property of the framework by name; null when it is not set
     * @throws IllegalArgumentException when one is missing or wrong; the message holds no header
     */
    static OtlpSettings read(UnaryOperator<@Nullable String> properties) {
        String base = text(properties, "endpoint", "");
        if (base.isEmpty()) {
            throw new IllegalArgumentException("PAWL_OTLP_ENDPOINT is not set; without it there is no collector.");
        }
        return new OtlpSettings(
                URI.create(base.endsWith("/") ? base + TRACES : base + "/" + TRACES),
                headers(text(properties, "headers", "")),
                text(properties, "service.name", "pawl"),
                ratio(text(properties, "ratio", "1")),
                Optional.of(text(properties, "ca", ""))
                        .filter(path -> !path.isEmpty())
                        .map(Path::of));
    }

    private static double ratio(String text) {
        double ratio = Double.parseDouble(text);
        if (ratio >= 0 && ratio <= 1) {
            return ratio;
        }
        throw new IllegalArgumentException("PAWL_OTLP_RATIO is " + text + "; it takes a number from 0 to 1.");
    }

    private static Map<String, String> headers(String text) {
        Map<String, String> headers = new LinkedHashMap<>();
        int place = 0;
        for (String pair : text.split(",", -1)) {
            place++;
            int equals = pair.indexOf('=');
            String name = equals < 0 ? "" : pair.substring(0, equals).strip();
            String value = pair.substring(equals + 1).strip();
            if (pair.isBlank()) {
                continue;
            }
            if (!NAME.matcher(name).matches() || value.chars().anyMatch(c -> c < ' ' || c > '~')) {
                throw new IllegalArgumentException(
                        "Pair " + place + " of PAWL_OTLP_HEADERS is no header; it takes pairs"
                                + " separated by commas, such as authorization=Bearer%20abc.");
            }
            headers.put(name, decoded(value, place));
        }
        return headers;
    }

    /** A value with its characters in the form {@code %20}; unlike in a form, a plus is a plus. */
    private static String decoded(String value, int place) {
        try {
            String decoded = URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
            if (decoded.chars().noneMatch(c -> c < ' ' || c > '~')) {
                return decoded;
            }
        } catch (IllegalArgumentException malformed) { // reported below, without the value
        }
        throw new IllegalArgumentException("The value of pair " + place
                + " of PAWL_OTLP_HEADERS is malformed; it takes printable ASCII, with % as %25 and a comma as %2C.");
    }

    private static String text(UnaryOperator<@Nullable String> properties, String name, String otherwise) {
        String value = properties.apply(PREFIX + name);
        return value == null || value.isBlank() ? otherwise : value.strip();
    }
}
