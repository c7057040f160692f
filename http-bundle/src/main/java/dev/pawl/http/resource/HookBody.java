package dev.pawl.http.resource;

import dev.pawl.api.module.Role;
import dev.pawl.http.body.BodyShape;
import dev.pawl.http.body.Fields;
import dev.pawl.http.body.Kind;
import dev.pawl.http.json.JsonText;
import dev.pawl.http.route.Call;
import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Principal;
import dev.pawl.service.hook.HookAuth;
import dev.pawl.service.hook.HookCall;
import dev.pawl.service.hook.HookFilter;
import dev.pawl.service.hook.HookRequest;
import dev.pawl.service.hook.HookScheme;
import dev.pawl.service.hook.MissingValue;
import dev.pawl.service.hook.ValueSource;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The bodies of requests for hooks. */
final class HookBody {

    private static final BodyShape FILTER = BodyShape.of(
            BodyShape.required(
                    "value", Kind.TEXT, "The place of the value: a JSON pointer, header:NAME or query:NAME."),
            BodyShape.optional("equals", Kind.ANY, "The value that it must be."),
            BodyShape.optional("any_of", Kind.ANY, "A list of up to 100 values, of which it must be one."),
            BodyShape.optional("starts_with", Kind.TEXT, "The text with which it must begin."),
            BodyShape.optional("not", Kind.BOOLEAN, "Whether the opposite must hold; by default false."));

    static final BodyShape SHAPE = BodyShape.of(
            BodyShape.required("job", Kind.OBJECT, "The job that it starts, as POST /jobs takes it.")
                    .of(JobBody.SHAPE),
            BodyShape.optional(
                    "role",
                    Kind.TEXT,
                    "The role with which it starts its jobs: operator, the default, or admin for modules that require it."),
            BodyShape.optional(
                    "mapping",
                    Kind.OBJECT,
                    "The inputs that a call brings, by name, each with its place in the call: a JSON pointer such as "
                            + "/commits/0/id, the empty text for the whole body, header:NAME or query:NAME."),
            BodyShape.optional("mappings", Kind.OBJECTS, "With tasks: such an object for each task, in order."),
            BodyShape.optional(
                    "missing",
                    Kind.TEXT,
                    "For an input whose place is empty: refuse refuses the call, and is the default; omit leaves the "
                            + "input as job has it, or to the module's default."),
            BodyShape.required(
                    "scheme",
                    Kind.TEXT,
                    "The way in which callers prove that they know the secret: github, gitlab, standard, pawl, hmac, "
                            + "token; none lets everybody start its jobs; callbacks takes received callbacks alone."),
            BodyShape.optional(
                    "header", Kind.TEXT, "With hmac or token: the header with the proof, such as X-Signature."),
            BodyShape.optional(
                    "secret",
                    Kind.SECRET,
                    "The secret, 1 to 1,000 characters, or a reference such as ${secret:name}; ******** keeps it."),
            BodyShape.optional(
                    "former_secret", Kind.SECRET, "A secret that is accepted too, while senders change to the other."),
            BodyShape.optional("filters", Kind.OBJECTS, "The conditions for calls that start a job; all must hold.")
                    .of(FILTER),
            BodyShape.optional(
                    "delivery_id",
                    Kind.TEXT,
                    "The place of the id by which a repeated delivery is known; by default that of the scheme, such as "
                            + "header:X-GitHub-Delivery."),
            BodyShape.optional(
                    "unique_for",
                    Kind.DURATION,
                    "The time for which an id is remembered, 1m to 90d; by default 7d. A repeated delivery starts no job."),
            BodyShape.optional(
                    "callback_source",
                    Kind.TEXT,
                    "The source whose callbacks, received by POST /callbacks, start its jobs too."),
            BodyShape.optional("paused", Kind.BOOLEAN, "Whether its calls start no jobs; by default false."));

    static final BodyShape PREVIEW = BodyShape.of(
            BodyShape.optional("headers", Kind.OBJECT, "The headers of the call by name, each value a text."),
            BodyShape.optional("query", Kind.OBJECT, "The parameters of its address by name, each value a text."),
            BodyShape.optional("body", Kind.ANY, "Its body: any JSON value, or its text as it is sent."));

    private HookBody() {}

    /** Reads a request for a hook. */
    static HookRequest read(Call call) {
        Fields body = call.fields();
        Role role = body.choice("role", new Role[] {Role.OPERATOR, Role.ADMIN}, Role::wireName)
                .orElse(Role.OPERATOR);
        JobRequest job = JobBody.read(body.fields("job").orElseThrow(), as(role, call.actor()), Optional.empty());
        HookScheme scheme =
                body.choice("scheme", HookScheme.values(), HookScheme::wireName).orElseThrow();
        return checked(() -> new HookRequest(
                call.path("name"),
                job,
                mappings(body),
                body.choice("missing", MissingValue.values(), MissingValue::wireName)
                        .orElse(MissingValue.REFUSE),
                new HookAuth(
                        scheme,
                        body.optionalText("header")
                                .filter(header -> scheme.takesHeader() || !header.equals(scheme.header()))
                                .orElse(null),
                        body.optionalText("secret").orElse(null),
                        body.optionalText("former_secret").orElse(null)),
                body.optionalText("delivery_id")
                        .map(text -> source("delivery_id", text))
                        .orElse(null),
                body.duration("unique_for").orElse(HookRequest.USUAL),
                body.list("filters").stream().map(HookBody::filter).toList(),
                body.optionalText("callback_source").orElse(null),
                body.has("paused") && body.bool("paused")));
    }

    /** The caller in another role, which is that of the hook's jobs. */
    private static Actor as(Role role, Actor caller) {
        Principal principal = caller.principal();
        var wanted = dev.pawl.service.access.Role.valueOf(role.name());
        return new Actor(
                new Principal(principal.id(), principal.name(), wanted, principal.bounds()),
                caller.door(),
                caller.remote(),
                caller.requestId());
    }

    private static List<Map<String, ValueSource>> mappings(Fields body) {
        if (body.has("mapping") && body.has("mappings")) {
            throw new IllegalArgumentException(
                    "mapping and mappings are given; mapping is for a job of one task, mappings for one of several.");
        }
        List<Map<String, ValueSource>> mappings = new ArrayList<>();
        if (body.has("mapping")) {
            mappings.add(mapping("mapping", body.object("mapping")));
        }
        List<?> given = (List<?>) body.any("mappings").orElse(List.of());
        for (Object mapping : given) {
            mappings.add(mapping("mappings[" + mappings.size() + "]", (Map<?, ?>) mapping));
        }
        return mappings;
    }

    private static Map<String, ValueSource> mapping(String field, Map<?, ?> given) {
        Map<String, ValueSource> mapping = new LinkedHashMap<>();
        given.forEach((name, source) -> {
            if (!(source instanceof String text)) {
                throw new IllegalArgumentException(field + "." + name
                        + " is no text; it takes a place in the call: a JSON pointer, header:NAME or query:NAME.");
            }
            mapping.put(String.valueOf(name), source(field + "." + name, text));
        });
        return mapping;
    }

    private static ValueSource source(String field, String text) {
        try {
            return ValueSource.of(text);
        } catch (IllegalArgumentException e) { // the message continues the name of the field
            throw new IllegalArgumentException(field + e.getMessage(), e);
        }
    }

    private static HookFilter filter(Fields filter) {
        if (filter.has("equals") && filter.has("any_of")) {
            throw new IllegalArgumentException(
                    filter.named("equals") + " is given together with any_of; give one of them.");
        }
        return new HookFilter(
                source(filter.named("value"), filter.text("value")),
                values(filter),
                filter.optionalText("starts_with").orElse(null),
                filter.has("not") && filter.bool("not"));
    }

    private static @Nullable List<Object> values(Fields filter) {
        if (filter.has("equals")) {
            return List.of(filter.any("equals").orElseThrow());
        }
        if (!filter.has("any_of")) {
            return null;
        }
        List<Object> values = new ArrayList<>();
        if (filter.any("any_of").orElseThrow() instanceof List<?> list) {
            list.forEach(value -> values.add(value == null ? refusedNull(filter) : value));
            return values;
        }
        throw new IllegalArgumentException(filter.named("any_of") + " is no list; it takes one.");
    }

    private static Object refusedNull(Fields filter) {
        throw new IllegalArgumentException(
                filter.named("any_of") + " has a null, which counts as missing; not: true asks for a missing value.");
    }

    /** Reads the call of a preview. */
    static HookCall preview(Call call) {
        Fields body = call.fields();
        Map<String, String> headers = new LinkedHashMap<>(texts(body, "headers"));
        Object content = body.any("body").orElse("");
        if (!(content instanceof String) && headers.keySet().stream().noneMatch("content-type"::equalsIgnoreCase)) {
            headers.put("Content-Type", "application/json");
        }
        String text = content instanceof String given ? given : JsonText.text(json -> JsonText.value(json, content));
        return HookCall.of(headers, texts(body, "query"), text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> texts(Fields body, String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        body.object(field).forEach((name, value) -> {
            if (!(value instanceof String text)) {
                throw new ProblemException(ProblemCode.MALFORMED, field + "." + name + " is no text; it takes one.");
            }
            texts.put(name, text);
        });
        return texts;
    }

    private static HookRequest checked(Supplier<HookRequest> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) { // the message names field, value and remedy
            throw new ProblemException(ProblemCode.INVALID_HOOK, String.valueOf(e.getMessage()), e);
        }
    }
}
