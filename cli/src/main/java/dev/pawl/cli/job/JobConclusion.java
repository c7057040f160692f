package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.client.NoServerException;
import dev.pawl.cli.client.ProblemAnswerException;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Screen;
import java.util.ArrayList;
import java.util.List;

/** Shows people how a job ended: its outcome, its first results, and its failure. */
final class JobConclusion {
    private static final int SHOWN_RESULTS = 100;

    private final Api api;
    private final Invocation invocation;
    private final StackOption stack;

    JobConclusion(Api api, Invocation invocation, StackOption stack) {
        this.api = api;
        this.invocation = invocation;
        this.stack = stack;
    }

    void write(JsonNode job) throws NoServerException, ProblemAnswerException {
        Screen screen = invocation.screen();
        String id = JsonTrees.text(job, "id");
        JsonNode page = new Results(api, id).page(0, SHOWN_RESULTS);
        List<JsonNode> results = new ArrayList<>();
        page.path("results").forEach(results::add);
        long total = page.path("total").asLong(results.size());

        Cell status = Cell.status(JobText.status(job));
        screen.line("Job " + JobText.shortId(id) + " " + screen.paint(status.colour(), status.text()) + " in "
                + JobText.took(job, invocation.times()) + "; " + (total == 1 ? "1 result." : total + " results."));
        if (!results.isEmpty()) {
            ResultTable.write(results, screen);
        }
        if (total > results.size()) {
            screen.line(screen.paint(
                    Colour.DIM,
                    total - results.size() + " more: `pawl result " + JobText.shortId(id)
                            + " --raw` prints them all."));
        }
        if (JobText.status(job).equals("failed")) {
            new FailureText(screen, stack).write(job);
        }
    }
}
