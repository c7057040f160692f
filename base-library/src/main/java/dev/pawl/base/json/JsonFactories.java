package dev.pawl.base.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;

/**
 * Factories of JSON parsers and generators. None keeps the names of members in the JVM's table of texts: names come from outside, and
 * would pile up there.
 */
public final class JsonFactories {

    private JsonFactories() {}

    /**
     * For text from outside that is read once: its parsers refuse what passes a limit.
     *
     * @param deepest how many objects and lists may lie in each other
     * @param mostDigits how many characters a number may have
     * @param longestName how many characters the name of a member may have
     */
    public static JsonFactory bounded(int deepest, int mostDigits, int longestName) {
        return builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(deepest)
                        .maxNumberLength(mostDigits)
                        .maxNameLength(longestName)
                        .build())
                .build();
    }

    /** For text that was let in before, or whose reader has limits of its own: texts, numbers and names are read however long. */
    public static JsonFactory unbounded() {
        return builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    /** Strict: its parsers refuse a name that is given twice in one object, whose former value would be lost without a word. */
    public static JsonFactory strict() {
        return builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    }

    private static JsonFactoryBuilder builder() {
        return new JsonFactoryBuilder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES);
    }
}
