package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.NoServerException;
import dev.pawl.cli.client.ProblemAnswerException;
import java.util.function.Predicate;

/** Reads a job's results page by page. */
final class Results {
    private static final int PAGE = 1_000;

    private final Api api;
    private final String job;

    Results(Api api, String job) {
        this.api = api;
        this.job = job;
    }

    /** Passes on each result from the API in order, as long as the consumer wants more. */
    void forEach(Predicate<JsonNode> taker) throws NoServerException, ProblemAnswerException {
        long after = 0;
        while (true) {
            JsonNode page = page(after, PAGE);
            for (JsonNode result : page.path("results")) {
                if (!taker.test(result)) {
                    return;
                }
            }
            JsonNode last = page.path("results").path(page.path("results").size() - 1);
            long next = last.path("sequence").asLong();
            // The length of a page does not show whether it is the last: a page of large results is shorter than
            // requested.
            if (next <= after || next >= page.path("total").asLong()) {
                return;
            }
            after = next;
        }
    }

    /** A page from the API: {@code results} and {@code total}. */
    JsonNode page(long after, int limit) throws NoServerException, ProblemAnswerException {
        return api.get("/jobs/" + Api.segment(job) + "/results?limit=" + limit + (after == 0 ? "" : "&after=" + after))
                .json();
    }
}
