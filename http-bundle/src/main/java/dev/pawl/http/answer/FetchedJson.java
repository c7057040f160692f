package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.FLAG;
import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.OBJECT;
import static dev.pawl.http.answer.AnswerKinds.TEXT;

import dev.pawl.service.fetch.Fetched;
import java.util.Map;

/** The outcome of a request through the proxy, on the wire. */
public final class FetchedJson {

    public static final AnswerShape<Fetched> SHAPE = AnswerShape.<Fetched>of(
                    "Fetched", "What came of a request through the proxy.")
            .field("success", FLAG, Fetched::success, "Whether there is an answer, whatever its status.")
            .field("content", TEXT, Fetched::content, "The answer's content as text; empty without an answer.")
            .field("status_code", INTEGER, Fetched::statusCode, "The answer's status; 0 without an answer.")
            .field(
                    "headers",
                    OBJECT,
                    fetched -> Map.copyOf(fetched.headers()),
                    "The answer's headers by their names in lower case; several values are joined with commas.")
            .nullable("error", TEXT, Fetched::error, "The reason when there is no answer, a sentence.");

    private FetchedJson() {}
}
