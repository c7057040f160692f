package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.OutputOption;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.screen.ProgressBar;
import dev.pawl.cli.screen.Screen;
import java.util.Locale;
import java.util.Optional;

/** An action on all jobs of a filter: counts them, asks, and has the server do it part by part. */
final class JobsAction {
    private static final int SHOWN = 10;

    private final Api api;
    private final Invocation invocation;
    private final Screen screen;
    private final OutputOption output;
    private final ActionOptions options;
    private final String action;
    private final ObjectNode request;

    JobsAction(
            Api api,
            Invocation invocation,
            OutputOption output,
            ActionOptions options,
            String action,
            ObjectNode filter) {
        this.api = api;
        this.invocation = invocation;
        this.screen = invocation.screen();
        this.output = output;
        this.options = options;
        this.action = action;
        this.request = JsonTrees.object().put("action", action);
        request.set("filter", filter);
        if (options.priority() != null) {
            request.put("priority", options.priority());
        }
    }

    int carryOut() throws Exception {
        if (options.isDryRun()) {
            return dryRun();
        }
        if (!options.isMeant()) {
            long matched = count().path("matched").asLong();
            if (matched == 0) {
                screen.note("No matching jobs.");
                return ExitCode.OK;
            }
            confirm(matched);
        }
        return options.detaches() ? detached() : whole();
    }

    private JsonNode count() throws Exception {
        return post(request.deepCopy().put("dry_run", true));
    }

    private JsonNode post(ObjectNode body) throws Exception {
        return api.post("/jobs/actions", body).json();
    }

    private int dryRun() throws Exception {
        output.show(count(), screen, answer -> {
            long matched = answer.path("matched").asLong();
            screen.line(jobs(matched) + " would be " + done() + ".");
        });
        return ExitCode.OK;
    }

    private void confirm(long matched) throws UsageException {
        String verb = action.substring(0, 1).toUpperCase(Locale.ROOT) + action.substring(1);
        Optional<String> answer = invocation.prompt().ask(verb + " " + jobs(matched) + "? [y/N]");
        if (answer.isEmpty()) {
            throw new UsageException("There is nobody to ask whether " + jobs(matched) + (matched == 1 ? " is" : " are")
                    + " to be " + done() + "; say --yes if that is meant.");
        }
        if (!answer.get().toLowerCase(Locale.ROOT).startsWith("y")) {
            throw new UsageException("Nothing was done.");
        }
    }

    private int detached() throws Exception {
        output.show(
                api.post("/jobs/actions", request.deepCopy().put("async", true)),
                screen,
                answer -> screen.line(JsonTrees.text(answer, "job_id")));
        return ExitCode.OK;
    }

    /** Sums up the answers to all parts. */
    private int whole() throws Exception {
        ObjectNode sum = JsonTrees.object();
        ArrayNode failed = JsonTrees.object().putArray("failed");
        ObjectNode next = request;
        JsonNode answer;
        do {
            answer = post(next);
            if (sum.isEmpty()) {
                sum.put("matched", answer.path("matched").asLong());
            }
            add(sum, answer, "done");
            add(sum, answer, "skipped");
            add(sum, answer, "failed_count");
            answer.path("failed").forEach(failure -> {
                if (failed.size() < 100) {
                    failed.add(failure);
                }
            });
            next = request.deepCopy().put("cursor", JsonTrees.text(answer, "next_cursor"));
            show(sum);
        } while (!answer.path("complete").asBoolean(true));
        screen.clear();
        sum.set("failed", failed);
        output.show(sum, screen, this::conclude);
        return sum.path("failed_count").asLong() == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void add(ObjectNode sum, JsonNode answer, String field) {
        sum.put(field, sum.path(field).asLong() + answer.path(field).asLong());
    }

    private void show(JsonNode sum) {
        long looked = sum.path("done").asLong()
                + sum.path("skipped").asLong()
                + sum.path("failed_count").asLong();
        double percent = 100.0 * looked / Math.max(1, sum.path("matched").asLong());
        screen.passing(
                ProgressBar.line(percent, looked + " of " + sum.path("matched").asLong(), screen.terminal()));
    }

    private void conclude(JsonNode sum) {
        long skipped = sum.path("skipped").asLong();
        long failures = sum.path("failed_count").asLong();
        screen.line(jobs(sum.path("done").asLong()) + " " + done() + "."
                + (skipped == 0 ? "" : " " + jobs(skipped) + " had changed meanwhile.")
                + (failures == 0 ? "" : " " + jobs(failures) + " failed:"));
        int shown = 0;
        for (JsonNode failure : sum.path("failed")) {
            if (shown++ < SHOWN) {
                screen.line("  " + JobText.shortId(JsonTrees.text(failure, "id")) + "  "
                        + JsonTrees.text(failure, "detail"));
            }
        }
    }

    private String done() {
        return switch (action) {
            case "stop" -> "stopped";
            case "retry" -> "retried";
            case "remove" -> "removed";
            default -> "given the priority " + options.priority();
        };
    }

    private static String jobs(long count) {
        return count == 1 ? "1 job" : count + " jobs";
    }
}
