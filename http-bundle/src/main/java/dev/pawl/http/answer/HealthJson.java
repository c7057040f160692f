package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.FLAG;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.word;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The health of the server on the wire. It stands by itself, since it is asked for first: the shapes of jobs are not built for it. */
public final class HealthJson {

    public static final AnswerShape<Told> HEALTH = AnswerShape.<Told>of("Health", "The health of the server.")
            .field("status", word("online"), told -> "online", "Always online.")
            .field("live", FLAG, told -> true, "Always true: the server answers.")
            .field("ready", FLAG, Told::ready, "Whether it takes jobs.")
            .field("draining", FLAG, Told::draining, "Whether it is stopping, or drained.")
            .optional("trouble", TEXT, Told::trouble, "What keeps it from taking jobs, or a fault that does not.");

    private HealthJson() {}

    /**
     * The health as an answer tells it.
     *
     * @param ready whether the server takes jobs
     * @param draining whether it is stopping, or drained
     * @param trouble what is wrong; null when nothing is
     * @param checks the health checks of other bundles; null when there are none
     */
    public record Told(
            boolean ready,
            boolean draining,
            @Nullable String trouble,
            @Nullable List<Check> checks) {

        public Told {
            checks = checks == null ? null : List.copyOf(checks);
        }
    }

    /**
     * A health check of a bundle.
     *
     * @param name its name
     * @param tags its tags
     * @param status its result, as a word on the wire
     * @param messages its messages
     */
    public record Check(String name, List<String> tags, String status, List<String> messages) {

        public static final String OK = "ok";
        public static final String WARN = "warn";
        public static final String UNAVAILABLE = "unavailable";
        public static final String CRITICAL = "critical";
        public static final String ERROR = "error";
        public static final String PENDING = "pending";

        public Check {
            tags = List.copyOf(tags);
            messages = List.copyOf(messages);
        }

        /** Whether it is not passed, or not known to be. */
        public boolean isFailed() {
            return !status.equals(OK) && !status.equals(WARN);
        }

        /** Whether it has one of two tags: ours, or that of Felix for the same. */
        public boolean hasTag(String tag) {
            return tags.contains(tag) || tags.contains("system" + (tag.equals("live") ? "alive" : tag));
        }

        /** A sentence about a check that is not passed. */
        public String sentence() {
            return "The health check \"" + name + "\" is " + status
                    + (messages.isEmpty() ? "." : ": " + String.join(" ", messages));
        }
    }
}
