package dev.pawl.cli.access;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.screen.Times;
import java.util.ArrayList;
import java.util.List;

/** A token's times and bounds in words. */
final class TokenText {
    private final Times times;

    TokenText(Times times) {
        this.times = times;
    }

    String expires(JsonNode token) {
        return moment(token, "expires_at");
    }

    String lastUsed(JsonNode token) {
        return moment(token, "last_used_at");
    }

    /** The bounds, or a dash when there are none. */
    String bounds(JsonNode token) {
        List<String> bounds = new ArrayList<>();
        JsonTrees.stream(token.path("modules")).map(JsonTrees::text).forEach(bounds::add);
        if (token.path("own_jobs").asBoolean()) {
            bounds.add("own jobs");
        }
        return bounds.isEmpty() ? "-" : String.join(", ", bounds);
    }

    private String moment(JsonNode token, String field) {
        String wire = JsonTrees.text(token, field);
        return wire.isEmpty() ? "never" : times.moment(wire);
    }
}
