package dev.pawl.http.body;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.http.json.JsonText;
import dev.pawl.http.json.JsonTree;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of an object in a request: the one place for reading it strictly and for describing it. */
public final class BodyShape {

    private final Map<String, Member> members = new LinkedHashMap<>();
    private final boolean open;
    private final boolean needed;

    private BodyShape(boolean open, boolean needed, Member... members) {
        this.open = open;
        this.needed = needed;
        for (Member member : members) {
            this.members.put(member.name(), member);
        }
    }

    public static BodyShape of(Member... members) {
        return new BodyShape(false, true, members);
    }

    /** The same with more fields. */
    public BodyShape and(Member... more) {
        List<Member> all = new ArrayList<>(members.values());
        all.addAll(List.of(more));
        return new BodyShape(open, needed, all.toArray(new Member[0]));
    }

    /** An object that may have other fields too, which are ignored. */
    public static BodyShape open(Member... members) {
        return new BodyShape(true, true, members);
    }

    /** The same shape of a body that may be missing, which is an object without fields. */
    public BodyShape orMissing() {
        return new BodyShape(open, false, members.values().toArray(new Member[0]));
    }

    /** Whether a request must have the body. */
    public boolean isNeeded() {
        return needed;
    }

    /** A field that must be given. */
    public static Member required(String name, Kind kind, String description) {
        return new Member(name, kind, true, description, null);
    }

    /** A field that may be absent or null. */
    public static Member optional(String name, Kind kind, String description) {
        return new Member(name, kind, false, description, null);
    }

    /**
     * One field.
     *
     * @param name its name on the wire
     * @param kind the kind of value that it takes
     * @param required whether it must be given
     * @param description a sentence for people
     * @param inner the shape of the object or of each object in the list; null for any
     */
    public record Member(
            String name,
            Kind kind,
            boolean required,
            String description,
            @Nullable BodyShape inner) {

        /** A copy for objects of that shape. */
        public Member of(BodyShape shape) {
            return new Member(name, kind, required, description, shape);
        }
    }

    /** Reads a request's body. */
    public Fields read(byte[] body) {
        if (body.length == 0 && !needed) {
            return read(Map.of(), "");
        }
        if (JsonTree.read(body) instanceof Map<?, ?> object) {
            return read(object, "");
        }
        throw malformed("The body is not an object; it takes one with " + names() + ".");
    }

    Fields read(Map<?, ?> object, String path) {
        for (Object name : object.keySet()) {
            if (!open && !members.containsKey(String.valueOf(name))) {
                throw malformed(path + name + " is unknown; the known fields are " + names() + ".");
            }
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Member member : members.values()) {
            Object value = object.get(member.name());
            String name = path + member.name();
            if (value != null) {
                values.put(
                        member.name(),
                        member.kind()
                                .convert(value)
                                .orElseThrow(() ->
                                        malformed(name + " is " + member.kind().described(value) + "; it takes "
                                                + member.kind().accepts() + ".")));
            } else if (member.required()) {
                throw malformed(name + " is " + (object.containsKey(member.name()) ? "null" : "missing") + "; it takes "
                        + member.kind().accepts() + ".");
            }
        }
        return new Fields(values, this, path);
    }

    Member member(String name) {
        Member member = members.get(name);
        if (member == null) {
            throw new IllegalArgumentException("The shape has no field " + name + ".");
        }
        return member;
    }

    /** Writes the shape as a JSON Schema. */
    public void writeSchema(JsonGenerator json) throws IOException {
        json.writeStartObject();
        writeKeywords(json);
        json.writeEndObject();
    }

    private void writeKeywords(JsonGenerator json) throws IOException {
        json.writeStringField("type", "object");
        json.writeBooleanField("additionalProperties", open);
        json.writeObjectFieldStart("properties");
        for (Member member : members.values()) {
            json.writeObjectFieldStart(member.name());
            json.writeStringField("description", member.description());
            writeKind(json, member);
            json.writeEndObject();
        }
        json.writeEndObject();
        List<String> required = members.values().stream()
                .filter(Member::required)
                .map(Member::name)
                .toList();
        if (!required.isEmpty()) {
            JsonText.field(json, "required", required);
        }
    }

    private static void writeKind(JsonGenerator json, Member member) throws IOException {
        BodyShape inner = member.inner();
        if (inner == null) {
            member.kind().writeSchema(json);
        } else if (member.kind() == Kind.OBJECTS) {
            json.writeStringField("type", "array");
            json.writeFieldName("items");
            inner.writeSchema(json);
        } else {
            inner.writeKeywords(json);
        }
    }

    /** Whether it has a field of that name. */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** The fields, for the documentation. */
    public List<Member> members() {
        return List.copyOf(members.values());
    }

    private String names() {
        return String.join(", ", members.keySet());
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemCode.MALFORMED, detail);
    }
}
