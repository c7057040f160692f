package dev.pawl.shell;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobState;
import dev.pawl.service.job.JobView;
import dev.pawl.service.job.Reason;
import dev.pawl.service.job.Run;
import dev.pawl.shell.Table.Column;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Formats the details of a job. */
final class JobDetails {
    /** The number of runs with which a job is shown. */
    static final int RUNS_SHOWN = 20;

    private JobDetails() {}

    static Table of(JobView view, List<Run> runs) {
        Job job = view.job();
        JobState state = job.state();
        Table table = new Table("", Column.whole("FIELD"), Column.wrap("VALUE"))
                .row("id", job.id())
                .row("title", job.request().title())
                .row("status", state.status().wireName());
        Reason reason = view.reason();
        if (reason != null) {
            table.row("waits", reason.sentence()).row("goes on", reason.unblockedBy());
        }
        Failure failure = state.failure();
        if (failure != null) {
            table.row("failure", failure.message())
                    .row("phase", failure.phase().wireName() + " of task " + (failure.taskIndex() + 1));
            if (failure.remedy() != null) {
                table.row("remedy", failure.remedy());
            }
        }
        table.row(
                        "task",
                        (state.taskIndex() + 1) + " of " + job.request().tasks().size() + ": "
                                + job.currentTask().module())
                .row("inputs", job.currentTask().inputs())
                .row("progress", (int) state.progress().percent() + " %")
                .row("checkpoint", state.checkpoint())
                .row("created", ShellText.moment(job.createdAt()))
                .row("started", ShellText.moment(state.startedAt()))
                .row("ended", ShellText.moment(state.completedAt()))
                .row("runs", state.epoch());
        runs.forEach(run -> table.row("run " + run.epoch(), line(run)));
        return table;
    }

    /** A line about a run: its module version, its times and its outcome. */
    private static String line(Run run) {
        Failure failure = run.failure();
        String versions = Stream.concat(
                        run.done().stream().map(Run.DoneTask::moduleVersion), Stream.of(run.moduleVersion()))
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(", "));
        String ended = run.endedAt() == null ? "" : " to " + ShellText.moment(run.endedAt());
        return run.outcome().wireName() + ", task " + (run.taskIndex() + 1)
                + (versions.isEmpty() ? "" : " on " + versions) + ", " + ShellText.moment(run.startedAt()) + ended
                + (failure == null ? "" : ": " + failure.message());
    }

    /** A note about a job: the reason why it waits, its error, its progress, or else its title. */
    static String note(JobView view) {
        JobState state = view.job().state();
        Reason reason = view.reason();
        Failure failure = state.failure();
        String title = view.job().request().title();
        return switch (state.status()) {
            case PENDING -> reason == null ? title : reason.sentence();
            case RUNNING -> (int) state.progress().percent() + " % " + title;
            case FAILED -> failure == null ? title : failure.message();
            case COMPLETED, STOPPED -> title;
        };
    }
}
