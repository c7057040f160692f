package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.FLAG;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.word;

import org.jspecify.annotations.Nullable;

/** The health of the server on the wire. It stands by itself, since it is asked for first: the shapes of jobs are not built for it. */
public final class HealthJson {

    public static final AnswerShape<Told> HEALTH = AnswerShape.<Told>of("Health", "The health of the server.")
            .field("status", word("online"), told -> "online", "Always online.")
            .field("live", FLAG, told -> true, "Always true: the server answers.")
            .field("ready", FLAG, Told::ready, "Whether it takes jobs.")
            .field("draining", FLAG, Told::draining, "Whether it is stopping.")
            .optional("trouble", TEXT, Told::trouble, "What keeps it from taking jobs, or a fault that does not.");

    private HealthJson() {}

    /**
     * The health as an answer tells it.
     *
     * @param ready whether the server takes jobs
     * @param draining whether it is stopping
     * @param trouble what is wrong; null when nothing is
     */
    public record Told(
            boolean ready, boolean draining, @Nullable String trouble) {}
}
