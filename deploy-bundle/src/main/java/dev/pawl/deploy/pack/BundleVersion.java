package dev.pawl.deploy.pack;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions as people write them, in the grammar of OSGi: three numbers and a qualifier. */
final class BundleVersion {

    private static final Pattern SPELLING =
            Pattern.compile("v?(\\d{1,9})(?:\\.(\\d{1,9}))?(?:\\.(\\d{1,9}))?(?:[.+-]?(.*))?");

    private BundleVersion() {}

    /** The version; one that begins with no number is the qualifier of 0.0.0. */
    static String of(String version) {
        Matcher parts = SPELLING.matcher(version.strip());
        if (!parts.matches()) {
            return "0.0.0." + qualifier(version.strip());
        }
        String numbers = number(parts.group(1)) + "." + number(parts.group(2)) + "." + number(parts.group(3));
        String rest = parts.group(4) == null ? "" : parts.group(4);
        return rest.isEmpty() ? numbers : numbers + "." + qualifier(rest);
    }

    private static int number(String text) {
        return text == null ? 0 : Integer.parseInt(text);
    }

    private static String qualifier(String text) {
        return text.replaceAll("[^A-Za-z0-9_-]", "_");
    }
}
