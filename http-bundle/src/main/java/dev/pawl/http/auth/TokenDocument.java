package dev.pawl.http.auth;

import dev.pawl.http.json.JsonText;
import dev.pawl.http.json.JsonTree;
import dev.pawl.http.json.Times;
import dev.pawl.service.access.Bounds;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The stored document of a token. */
final class TokenDocument {

    private static final String NAME = "name";
    private static final String ROLE = "role";
    private static final String MODULES = "modules";
    private static final String OWN_JOBS = "own_jobs";
    private static final String CREATED_AT = "created_at";
    private static final String EXPIRES_AT = "expires_at";
    private static final String LAST_USED_AT = "last_used_at";

    private TokenDocument() {}

    static String write(Token token) {
        Principal principal = token.principal();
        return JsonText.text(json -> {
            json.writeStartObject();
            json.writeStringField(NAME, principal.name());
            json.writeStringField(ROLE, principal.role().wireName());
            if (!principal.bounds().areNone()) {
                JsonText.field(
                        json,
                        MODULES,
                        List.copyOf(new TreeSet<>(principal.bounds().modules())));
                json.writeBooleanField(OWN_JOBS, principal.bounds().ownJobs());
            }
            JsonText.field(json, CREATED_AT, text(token.createdAt()));
            JsonText.field(json, EXPIRES_AT, text(token.expiresAt()));
            JsonText.field(json, LAST_USED_AT, text(token.lastUsedAt()));
            json.writeEndObject();
        });
    }

    /**
     * Reads a document. A field that cannot be read makes the whole token unusable: it may have been a bound.
     *
     * @throws IllegalArgumentException when it is not a token's document; the message says why
     * @throws dev.pawl.service.problem.ProblemException when it is not JSON
     */
    static Token read(String id, String text) {
        if (!(JsonTree.read(text.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> fields)) {
            throw new IllegalArgumentException("It is not an object.");
        }
        var principal = new Principal(id, text(fields, NAME), role(text(fields, ROLE)), bounds(fields));
        return new Token(principal, time(fields, CREATED_AT), time(fields, EXPIRES_AT), time(fields, LAST_USED_AT));
    }

    private static Role role(String word) {
        for (Role role : Role.values()) {
            if (role != Role.ANYONE && role.wireName().equals(word)) {
                return role;
            }
        }
        throw new IllegalArgumentException("Its role is \"" + word + "\".");
    }

    private static Bounds bounds(Map<?, ?> fields) {
        Object modules = fields.get(MODULES);
        Object ownJobs = fields.get(OWN_JOBS);
        if (modules == null && ownJobs == null) {
            return Bounds.NONE;
        }
        if (modules instanceof List<?> list && ownJobs instanceof Boolean own) {
            Set<String> ids = list.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .collect(Collectors.toUnmodifiableSet());
            if (ids.size() == list.size()) {
                return new Bounds(ids, own);
            }
        }
        throw new IllegalArgumentException("Its bounds are not valid.");
    }

    private static String text(Map<?, ?> fields, String name) {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("Its " + name + " is missing.");
    }

    private static @Nullable Instant time(Map<?, ?> fields, String name) {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        return Optional.of(value)
                .filter(String.class::isInstance)
                .flatMap(text -> Times.parse((String) text))
                .orElseThrow(() -> new IllegalArgumentException("Its " + name + " is not a time."));
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : Times.of(time);
    }
}
