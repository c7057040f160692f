package dev.pawl.http.repeat;

import dev.pawl.http.json.JsonText;
import dev.pawl.http.route.Answer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The text as which an answer is kept: its status, its headers and its body. */
final class FirstAnswer {

    /** The longest body that is kept, in characters. */
    static final int LONGEST = 1 << 20;

    private FirstAnswer() {}

    /** The text of an answer; empty when it is no success, or too long, and a repeated request is carried out again. */
    static Optional<String> text(Answer answer) {
        if (answer instanceof Answer.JsonBody json && json.status() < 300) {
            return Optional.of(JsonText.text(json.body()))
                    .filter(body -> body.length() <= LONGEST)
                    .map(body -> text(json.status(), json.headers(), body));
        }
        if (answer instanceof Answer.Empty empty && empty.status() < 300) {
            return Optional.of(text(empty.status(), empty.headers(), ""));
        }
        return Optional.empty();
    }

    private static String text(int status, Map<String, String> headers, String body) {
        return JsonText.text(json ->
                JsonText.value(json, new TreeMap<>(Map.of("status", status, "headers", headers, "body", body))));
    }

    /** The answer of a text. */
    static Answer of(Map<String, ?> kept) {
        int status = Integer.parseInt(String.valueOf(kept.get("status")));
        String body = String.valueOf(kept.get("body"));
        Map<String, String> headers = new TreeMap<>();
        if (kept.get("headers") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> headers.put(String.valueOf(name), String.valueOf(value)));
        }
        return body.isEmpty()
                ? new Answer.Empty(status, headers)
                : new Answer.JsonBody(status, headers, json -> json.writeRawValue(body));
    }
}
