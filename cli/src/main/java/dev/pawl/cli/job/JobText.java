package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.screen.Times;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Texts about a job, for all places that show one. */
public final class JobText {
    private static final int SHORTEST_ID = 8;
    private static final Set<String> FINAL = Set.of("completed", "failed", "stopped");

    private JobText() {}

    static String status(JsonNode job) {
        return JsonTrees.text(job, "status");
    }

    static boolean isFinal(JsonNode job) {
        return FINAL.contains(status(job));
    }

    /** The exit code for the outcome of a job that has ended. */
    static int exitCode(JsonNode job) {
        return status(job).equals("completed") ? ExitCode.OK : ExitCode.FAILED;
    }

    /** The module, and the number of further tasks. */
    static String module(JsonNode job) {
        int more = job.path("tasks").size() - 1;
        return JsonTrees.text(job, "module_id") + (more > 0 ? " +" + more : "");
    }

    /** The most useful note: the reason why it waits, its error, its progress, or else its title. */
    static String note(JsonNode job) {
        String title = JsonTrees.text(job, "job_title");
        return switch (status(job)) {
            case "pending" -> firstOf(JsonTrees.text(job.path("reason"), "sentence"), title);
            case "failed" -> firstOf(JsonTrees.text(job, "error"), title);
            case "running" -> (percent(job) + " " + title).strip();
            default -> title;
        };
    }

    /** The progress, such as {@code 45 %}; empty when the job has not reported any. */
    public static String percent(JsonNode job) {
        JsonNode progress = job.path("progress");
        return progress.isNumber() ? (int) Math.floor(progress.doubleValue()) + " %" : "";
    }

    /** The time that it took, or has taken so far; empty when it has not begun. */
    static String took(JsonNode job, Times times) {
        return times.between(JsonTrees.text(job, "started_at"), JsonTrees.text(job, "completed_at"));
    }

    /** The place and cause of its last failed attempt; empty when it did not fail. */
    static String failure(JsonNode job) {
        JsonNode failure = job.path("failure");
        if (!failure.isObject()) {
            return JsonTrees.text(job, "error");
        }
        String task = job.path("tasks").size() > 1
                ? "task " + (failure.path("task_index").asInt() + 1) + ", "
                : "";
        return JsonTrees.text(failure, "message") + " (" + task + "phase " + JsonTrees.text(failure, "phase") + ")";
    }

    /** The number of characters that distinguish these ids; at least as many as the API needs. */
    public static int idLength(List<String> ids) {
        int length = SHORTEST_ID;
        int longest = ids.stream().mapToInt(String::length).max().orElse(0);
        while (length < longest && !distinct(ids, length)) {
            length++;
        }
        return length;
    }

    /** The start of an id that people type. */
    public static String shortId(String id) {
        return shortId(id, SHORTEST_ID);
    }

    /** The start of an id. */
    public static String shortId(String id, int length) {
        return id.substring(0, Math.min(length, id.length()));
    }

    private static boolean distinct(List<String> ids, int length) {
        Set<String> seen = new HashSet<>();
        return ids.stream().allMatch(id -> seen.add(shortId(id, length)));
    }

    private static String firstOf(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }
}
