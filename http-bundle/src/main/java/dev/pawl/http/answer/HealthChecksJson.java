package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.listOf;
import static dev.pawl.http.answer.AnswerKinds.word;

import dev.pawl.http.answer.HealthJson.Check;
import dev.pawl.http.answer.HealthJson.Told;

/** The health with the checks of other bundles on the wire. It stands by itself, since most servers have no such check. */
public final class HealthChecksJson {

    private static final AnswerShape<Check> CHECK = AnswerShape.<Check>of(
                    "HealthCheck", "A health check of a bundle that is not Pawl's own.")
            .field("name", TEXT, Check::name, "Its name.")
            .field("tags", listOf(TEXT), Check::tags, "Its tags; with ready or live it counts for that.")
            .field(
                    "status",
                    word(Check.OK, Check.WARN, Check.UNAVAILABLE, Check.CRITICAL, Check.ERROR, Check.PENDING),
                    Check::status,
                    "Its result: ok and warn are passed; error: it threw or does not answer; pending: it has not answered yet.")
            .field("messages", listOf(TEXT), Check::messages, "Its messages, at most 10.");

    public static final AnswerShape<Told> HEALTH = HealthJson.HEALTH.optional(
            "checks", listOf(CHECK), Told::checks, "The health checks of other bundles, when there are any.");

    private HealthChecksJson() {}
}
