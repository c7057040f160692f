package dev.pawl.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of measurements, read strictly by the rules of the text format of Prometheus, independently of the library that writes it: each
 * family has a help and a type, its samples follow it, no sample comes twice, buckets ascend and end with all values.
 */
public final class MetricsText {

    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? ([0-9.eE+-]+|NaN|[+-]Inf)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");

    private final Map<String, Family> families = new LinkedHashMap<>();

    /**
     * A family.
     *
     * @param type such as counter
     * @param help the sentence that explains it
     * @param samples the values
     */
    public record Family(String name, String type, String help, List<Sample> samples) {}

    /**
     * A value.
     *
     * @param name the name, with the ending of its kind
     * @param labels the labels by name
     */
    public record Sample(String name, Map<String, String> labels, double value) {}

    private MetricsText() {}

    /** Reads a page; throws when a rule is broken, naming the line. */
    public static MetricsText read(String page) {
        var read = new MetricsText();
        if (!page.endsWith("\n")) {
            throw new AssertionError("The page does not end with a line feed.");
        }
        String help = "";
        String helped = "";
        Family family = null;
        for (String line : page.lines().toList()) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                helped = words[2];
                help = words.length > 3 ? words[3] : "";
            } else if (line.startsWith("# TYPE ")) {
                check(words[2].equals(helped) && !help.isBlank(), "no help: " + line);
                family = new Family(words[2], words[3], help, new ArrayList<>());
                check(read.families.put(words[2], family) == null, "a family comes twice: " + line);
            } else {
                if (family == null || line.isEmpty() || line.startsWith("#")) {
                    throw new AssertionError("not a sample: " + line);
                }
                add(family, line);
            }
        }
        read.families.values().forEach(MetricsText::checkWhole);
        return read;
    }

    private static void add(Family family, String line) {
        Matcher matcher = SAMPLE.matcher(line);
        check(matcher.matches(), "not a sample: " + line);
        String name = matcher.group(1);
        check(
                endings(family.type()).stream().anyMatch(end -> name.equals(family.name() + end)),
                "of no family: " + line);
        Map<String, String> labels = new LinkedHashMap<>();
        String list = Optional.ofNullable(matcher.group(2)).orElse("");
        Matcher label = LABEL.matcher(list);
        int end = 0;
        while (label.find() && label.start() == end) {
            check(labels.put(label.group(1), label.group(2)) == null, "a label comes twice: " + line);
            end = label.end();
        }
        check(end == list.length(), "no list of labels: " + line);
        var sample = new Sample(name, labels, number(matcher.group(3)));
        check(
                family.samples().stream()
                        .noneMatch(other ->
                                other.name().equals(name) && other.labels().equals(labels)),
                "a sample comes twice: " + line);
        family.samples().add(sample);
    }

    private static List<String> endings(String type) {
        return switch (type) {
            case "counter", "gauge" -> List.of("");
            case "histogram" -> List.of("_bucket", "_sum", "_count");
            case "summary" -> List.of("", "_sum", "_count");
            default -> throw new AssertionError("The type " + type + " is unknown.");
        };
    }

    private static void checkWhole(Family family) {
        if (family.type().equals("counter")) {
            check(family.name().endsWith("_total"), family.name() + " is a counter without _total");
            family.samples().forEach(sample -> check(sample.value() >= 0, family.name() + " is negative"));
        }
        if (family.type().equals("histogram")) {
            for (Sample count : family.samples()) {
                if (count.name().endsWith("_count")) {
                    checkBuckets(family, count);
                }
            }
        }
    }

    private static void checkBuckets(Family family, Sample count) {
        double bound = Double.NEGATIVE_INFINITY;
        double values = 0;
        for (Sample bucket : family.samples()) {
            Map<String, String> labels = new LinkedHashMap<>(bucket.labels());
            String le = labels.remove("le");
            if (le == null || !labels.equals(count.labels())) {
                continue;
            }
            check(number(le) > bound && bucket.value() >= values, family.name() + ": buckets do not ascend");
            bound = number(le);
            values = bucket.value();
        }
        check(
                bound == Double.POSITIVE_INFINITY && values == count.value(),
                family.name() + ": the last bucket is not all");
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static void check(boolean right, String problem) {
        if (!right) {
            throw new AssertionError(problem);
        }
    }

    /** The names of all families. */
    public Set<String> names() {
        return new TreeSet<>(families.keySet());
    }

    /** A family. */
    public Optional<Family> family(String name) {
        return Optional.ofNullable(families.get(name));
    }

    /** The value of the sample with this name and these labels, perhaps among others; the sum when there are several. */
    public OptionalDouble value(String name, Map<String, String> labels) {
        double[] found = families.values().stream()
                .flatMap(family -> family.samples().stream())
                .filter(sample ->
                        sample.name().equals(name) && sample.labels().entrySet().containsAll(labels.entrySet()))
                .mapToDouble(Sample::value)
                .toArray();
        return found.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Arrays.stream(found).sum());
    }
}
