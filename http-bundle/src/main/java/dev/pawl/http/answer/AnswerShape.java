package dev.pawl.http.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.pawl.http.json.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object in an answer, in their order: the one place for writing it and for describing it. Its schema in {@code
 * /openapi.json} has its name, so names are unique. Immutable; each method returns another shape with one more part.
 *
 * @param <T> the values that are written as such objects
 */
public final class AnswerShape<T> implements AnswerKind<T> {

    private final String name;
    private final String description;
    private final List<Part<T>> parts;
    private final @Nullable AnswerKind<?> others;

    private AnswerShape(String name, String description, List<Part<T>> parts, @Nullable AnswerKind<?> others) {
        this.name = name;
        this.description = description;
        this.parts = List.copyOf(parts);
        this.others = others;
    }

    /** A shape without fields. */
    public static <T> AnswerShape<T> of(String name, String description) {
        return new AnswerShape<>(name, description, List.of(), null);
    }

    /** Gets a field's value from the value that is written. */
    @FunctionalInterface
    public interface Value<T, V> {
        /** Takes the value. */
        V of(T whole);
    }

    /** Gets a field's value, or null, from the value that is written. */
    @FunctionalInterface
    public interface NullableValue<T, V> {
        /** Takes the value. */
        @Nullable
        V of(T whole);
    }

    /** Writes fields whose names the shape does not list. */
    @FunctionalInterface
    public interface Others<T> {
        /** Writes the fields into the object. */
        void write(JsonGenerator json, T whole) throws IOException;
    }

    /**
     * One field, for the documentation.
     *
     * @param name its name on the wire
     * @param kind the kind of its value
     * @param nullable whether it may be null
     * @param required whether it is always present
     * @param description a sentence for people
     */
    public record Member(String name, AnswerKind<?> kind, boolean nullable, boolean required, String description) {}

    /** Adds a field that is always present and never null. */
    public <V> AnswerShape<T> field(String field, AnswerKind<V> kind, Value<T, V> value, String about) {
        return with(new Field<>(new Member(field, kind, false, true, about), kind, value::of));
    }

    /** Adds a field that is always present and may be null. */
    public <V> AnswerShape<T> nullable(String field, AnswerKind<V> kind, NullableValue<T, V> value, String about) {
        return with(new Field<>(new Member(field, kind, true, true, about), kind, value));
    }

    /** Adds a field that is left out instead of being null. */
    public <V> AnswerShape<T> optional(String field, AnswerKind<V> kind, NullableValue<T, V> value, String about) {
        return with(new Field<>(new Member(field, kind, false, false, about), kind, value));
    }

    /** Adds all fields of another shape. */
    public <V> AnswerShape<T> all(AnswerShape<V> shape, Value<T, V> value) {
        return with(new Included<>(shape, value::of, true));
    }

    /** Adds all fields of another shape, or none of them when its value is null. */
    public <V> AnswerShape<T> allOrNone(AnswerShape<V> shape, NullableValue<T, V> value) {
        return with(new Included<>(shape, value, false));
    }

    /** Adds fields of any other name, whose values are of this kind. */
    public AnswerShape<T> others(AnswerKind<?> kind, Others<T> writer) {
        return new AnswerShape<>(name, description, with(new OtherFields<>(writer)).parts, kind);
    }

    private AnswerShape<T> with(Part<T> part) {
        List<Part<T>> more = new ArrayList<>(parts);
        more.add(part);
        return new AnswerShape<>(name, description, more, others);
    }

    /** Its name among the schemas. */
    public String name() {
        return name;
    }

    /** A sentence about it, for the documentation. */
    public String description() {
        return description;
    }

    /** The fields, for the documentation. */
    public List<Member> members() {
        return parts.stream().flatMap(part -> part.members().stream()).toList();
    }

    @Override
    public void write(JsonGenerator json, T value) throws IOException {
        json.writeStartObject();
        writeFields(json, value);
        json.writeEndObject();
    }

    private void writeFields(JsonGenerator json, T value) throws IOException {
        for (Part<T> part : parts) {
            part.write(json, value);
        }
    }

    @Override
    public void writeSchema(JsonGenerator json, boolean nullable) throws IOException {
        if (nullable) {
            json.writeArrayFieldStart("anyOf");
            json.writeStartObject();
        }
        json.writeStringField("$ref", "#/components/schemas/" + name);
        if (nullable) {
            json.writeEndObject();
            json.writeStartObject();
            json.writeStringField("type", "null");
            json.writeEndObject();
            json.writeEndArray();
        }
    }

    /** Writes the schema that the others refer to by the shape's name. */
    public void writeDefinition(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "object");
        json.writeStringField("description", description);
        json.writeObjectFieldStart("properties");
        for (Member member : members()) {
            json.writeObjectFieldStart(member.name());
            json.writeStringField("description", member.description());
            member.kind().writeSchema(json, member.nullable());
            json.writeEndObject();
        }
        json.writeEndObject();
        List<String> required =
                members().stream().filter(Member::required).map(Member::name).toList();
        if (!required.isEmpty()) {
            JsonText.field(json, "required", required);
        }
        if (others != null) {
            json.writeObjectFieldStart("additionalProperties");
            others.writeSchema(json, false);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    @Override
    public String words() {
        return name;
    }

    /** This shape and the shapes of its fields. */
    @Override
    public void shapes(Consumer<AnswerShape<?>> found) {
        found.accept(this);
        members().forEach(member -> member.kind().shapes(found));
    }

    private interface Part<T> {
        void write(JsonGenerator json, T whole) throws IOException;

        List<Member> members();
    }

    private record Field<T, V>(Member member, SerializableString name, AnswerKind<V> kind, NullableValue<T, V> value)
            implements Part<T> {

        Field(Member member, AnswerKind<V> kind, NullableValue<T, V> value) {
            this(member, new SerializedString(member.name()), kind, value);
        }

        @Override
        public void write(JsonGenerator json, T whole) throws IOException {
            V found = value.of(whole);
            if (found != null) {
                json.writeFieldName(name);
                kind.write(json, found);
            } else if (member.required()) {
                json.writeFieldName(name);
                json.writeNull();
            }
        }

        @Override
        public List<Member> members() {
            return List.of(member);
        }
    }

    private record Included<T, V>(AnswerShape<V> shape, NullableValue<T, V> value, boolean always) implements Part<T> {

        @Override
        public void write(JsonGenerator json, T whole) throws IOException {
            V found = value.of(whole);
            if (found != null) {
                shape.writeFields(json, found);
            }
        }

        @Override
        public List<Member> members() {
            return shape.members().stream()
                    .map(member -> always
                            ? member
                            : new Member(member.name(), member.kind(), member.nullable(), false, member.description()))
                    .toList();
        }
    }

    private record OtherFields<T>(Others<T> writer) implements Part<T> {

        @Override
        public void write(JsonGenerator json, T whole) throws IOException {
            writer.write(json, whole);
        }

        @Override
        public List<Member> members() {
            return List.of();
        }
    }
}
