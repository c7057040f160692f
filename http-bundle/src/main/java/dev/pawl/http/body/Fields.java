package dev.pawl.http.body;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An object of a request after its {@link BodyShape} has passed it: each field is of its kind, and required ones are there. */
public final class Fields {

    private final Map<String, Object> values;
    private final BodyShape shape;
    private final String path;

    Fields(Map<String, Object> values, BodyShape shape, String path) {
        this.values = values;
        this.shape = shape;
        this.path = path;
    }

    public boolean has(String name) {
        return value(name) != null;
    }

    /** A required text. */
    public String text(String name) {
        return (String) Optional.ofNullable(value(name)).orElseThrow();
    }

    public Optional<String> optionalText(String name) {
        return Optional.ofNullable((String) value(name));
    }

    /**
     * A text that is one of a few words.
     *
     * @param values the values that the words stand for
     * @param word gives the word of a value
     */
    public <V> Optional<V> choice(String name, V[] values, Function<V, String> word) {
        return optionalText(name).map(text -> chosen(name, text, values, word));
    }

    /** Texts that are some of a few words; empty when absent. */
    public <V> List<V> choices(String name, V[] values, Function<V, String> word) {
        return texts(name).stream()
                .map(text -> chosen(name, text, values, word))
                .toList();
    }

    private <V> V chosen(String name, String text, V[] values, Function<V, String> word) {
        return Arrays.stream(values)
                .filter(value -> word.apply(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.MALFORMED,
                        named(name) + " is " + Kind.describe(text) + "; it takes one of "
                                + Arrays.stream(values).map(word).collect(Collectors.joining(", ")) + "."));
    }

    public Optional<Long> integer(String name) {
        return Optional.ofNullable((Long) value(name));
    }

    public Optional<Double> number(String name) {
        return Optional.ofNullable((Number) value(name)).map(Number::doubleValue);
    }

    /** A required boolean. */
    public boolean bool(String name) {
        return (Boolean) Optional.ofNullable(value(name)).orElseThrow();
    }

    public Optional<Duration> duration(String name) {
        return Optional.ofNullable((Duration) value(name));
    }

    public Optional<Instant> time(String name) {
        return Optional.ofNullable((Instant) value(name));
    }

    public Optional<UUID> uuid(String name) {
        return Optional.ofNullable((UUID) value(name));
    }

    /** Any JSON value but null. */
    public Optional<Object> any(String name) {
        return Optional.ofNullable(value(name));
    }

    /** An object of any shape; empty when absent. */
    @SuppressWarnings("unchecked") // the shape let nothing else through, and JSON has no other keys
    public Map<String, Object> object(String name) {
        return (Map<String, Object>) Optional.ofNullable(value(name)).orElse(Map.of());
    }

    /** An object with a shape of its own. */
    public Optional<Fields> fields(String name) {
        return Optional.ofNullable((Map<?, ?>) value(name))
                .map(object -> inner(name).read(object, path + name + "."));
    }

    /** A list of objects with a shape of their own; empty when absent. */
    public List<Fields> list(String name) {
        List<Fields> list = new ArrayList<>();
        for (Object object : (List<?>) Optional.ofNullable(value(name)).orElse(List.of())) {
            list.add(inner(name).read((Map<?, ?>) object, path + name + "[" + list.size() + "]."));
        }
        return list;
    }

    /** A list of texts; empty when absent. */
    @SuppressWarnings("unchecked") // the shape let nothing else through
    public List<String> texts(String name) {
        return (List<String>) Optional.ofNullable(value(name)).orElse(List.of());
    }

    /** The name of a field in messages: with the objects around it, such as {@code job.tasks}. */
    public String named(String name) {
        shape.member(name);
        return path + name;
    }

    private @Nullable Object value(String name) {
        shape.member(name); // a name that the shape does not know is a bug, not an absent field
        return values.get(name);
    }

    private BodyShape inner(String name) {
        return Optional.ofNullable(shape.member(name).inner()).orElseThrow();
    }
}
