package dev.pawl.cli.upgrade;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a release, ordered as <a href="https://semver.org">Semantic Versioning</a> says: by its numbers; one with a suffix, such as
 * {@code -SNAPSHOT}, comes before the one without.
 *
 * @param text as it is written
 */
record ReleaseVersion(String text) implements Comparable<ReleaseVersion> {

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})(?:-([0-9A-Za-z.-]{1,64}))?");

    /** Reads a version; empty when the text is none. */
    static Optional<ReleaseVersion> of(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new ReleaseVersion(text)) : Optional.empty();
    }

    @Override
    public int compareTo(ReleaseVersion other) {
        List<Integer> own = numbers();
        List<Integer> others = other.numbers();
        for (int at = 0; at < own.size(); at++) {
            int order = own.get(at).compareTo(others.get(at));
            if (order != 0) {
                return order;
            }
        }
        String suffix = suffix();
        String otherSuffix = other.suffix();
        if (suffix.isEmpty() || otherSuffix.isEmpty()) {
            return Boolean.compare(suffix.isEmpty(), otherSuffix.isEmpty());
        }
        return compareSuffixes(suffix.split("\\.", -1), otherSuffix.split("\\.", -1));
    }

    private static int compareSuffixes(String[] own, String[] others) {
        for (int at = 0; at < Math.min(own.length, others.length); at++) {
            boolean number = own[at].matches("\\d{1,9}");
            boolean otherNumber = others[at].matches("\\d{1,9}");
            int order = number && otherNumber
                    ? Integer.compare(Integer.parseInt(own[at]), Integer.parseInt(others[at]))
                    : number == otherNumber ? own[at].compareTo(others[at]) : Boolean.compare(otherNumber, number);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(own.length, others.length);
    }

    private List<Integer> numbers() {
        Matcher matcher = matched();
        List<Integer> numbers = new ArrayList<>();
        for (int group = 1; group <= 3; group++) {
            numbers.add(Integer.valueOf(matcher.group(group)));
        }
        return numbers;
    }

    private String suffix() {
        String suffix = matched().group(4);
        return suffix == null ? "" : suffix;
    }

    private Matcher matched() {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalStateException(text + " is no version.");
        }
        return matcher;
    }
}
