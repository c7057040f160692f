package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.PlainText;
import dev.pawl.cli.screen.ProgressBar;
import dev.pawl.cli.screen.Screen;
import dev.pawl.cli.screen.Times;
import java.util.stream.Collectors;

/** Shows below the log the progress of a job, or the reason why it waits; in a pipe only the reason, and only once. */
final class JobProgress {
    private final Screen screen;
    private final Times times;
    private String waiting = "";

    JobProgress(Screen screen, Times times) {
        this.screen = screen;
        this.times = times;
    }

    void show(JsonNode job) {
        switch (JobText.status(job)) {
            case "running" -> {
                waiting = "";
                screen.passing(ProgressBar.line(job.path("progress").asDouble(), note(job), screen.terminal()));
            }
            case "pending" -> waits(JsonTrees.text(job.path("reason"), "sentence"));
            default -> screen.clear();
        }
    }

    private void waits(String sentence) {
        String text = sentence.isEmpty() ? "Waiting to start." : sentence;
        if (screen.terminal().interactive()) {
            screen.passing(screen.paint(
                    Colour.BLUE,
                    PlainText.cut(PlainText.oneLine(text), screen.terminal().width() - 1)));
        } else if (!text.equals(waiting)) {
            screen.note(PlainText.oneLine(text));
            waiting = text;
        }
    }

    private String note(JsonNode job) {
        int tasks = job.path("tasks").size();
        String step = tasks > 1 ? "task " + (job.path("task_index").asInt() + 1) + " of " + tasks + "  " : "";
        String info = job.path("info").properties().stream()
                .filter(entry -> entry.getValue().isValueNode())
                .map(entry -> entry.getKey() + "=" + JsonTrees.text(entry.getValue()))
                .collect(Collectors.joining(" "));
        return (step + JobText.took(job, times) + "  " + info).strip();
    }
}
