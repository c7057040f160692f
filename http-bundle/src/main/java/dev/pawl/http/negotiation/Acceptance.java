package dev.pawl.http.negotiation;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The values of an {@code Accept} or {@code Accept-Encoding} header with their qualities (RFC 9110, section 12). A quality that is no number
 * counts as 1.
 */
public final class Acceptance {

    private static final String IDENTITY = "identity";

    private final Map<String, Double> qualities = new HashMap<>();

    private Acceptance(String header) {
        for (String item : header.split(",", -1)) {
            String[] parts = item.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*", -1);
            if (!parts[0].isEmpty()) {
                qualities.put(parts[0], quality(parts));
            }
        }
    }

    /** Reads a header. */
    public static Acceptance of(String header) {
        return new Acceptance(header);
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].startsWith("q=")) {
                try {
                    return Double.parseDouble(parts[i].substring(2));
                } catch (NumberFormatException broken) {
                    return 1;
                }
            }
        }
        return 1;
    }

    /** Whether a media type such as {@code application/json} is accepted; an empty header accepts any. */
    public boolean takesType(String type) {
        String plain = type.replaceFirst("\\s*;.*", "").toLowerCase(Locale.ROOT);
        String kind = plain.substring(0, plain.indexOf('/')) + "/*";
        return qualities.isEmpty() || quality(List.of(plain, kind, "*/*")) > 0;
    }

    /** Whether gzip is accepted, and no less welcome than no encoding. */
    public boolean prefersGzip() {
        double gzip = quality(List.of("gzip", "x-gzip", "*"));
        return gzip > 0 && gzip >= qualities.getOrDefault(IDENTITY, 0.0);
    }

    /** The quality of the first of these names that is in the header. */
    private double quality(List<String> names) {
        return names.stream()
                .filter(qualities::containsKey)
                .findFirst()
                .map(qualities::get)
                .orElse(0.0);
    }
}
