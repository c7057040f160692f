package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.word;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The health of the server on the wire. It stands by itself, since it is asked for first: the shapes of jobs are not built for it. */
public final class HealthJson {

    public static final AnswerShape<Optional<String>> HEALTH = AnswerShape.<Optional<String>>of(
                    "Health", "The server can take jobs.")
            .field("status", word("online"), trouble -> "online", "Always online.")
            .optional("trouble", TEXT, HealthJson::trouble, "A fault that does not keep jobs from running.");

    private HealthJson() {}

    private static @Nullable String trouble(Optional<String> trouble) {
        return trouble.orElse(null);
    }
}
