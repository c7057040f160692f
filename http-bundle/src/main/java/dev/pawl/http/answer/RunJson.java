package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.TIME;
import static dev.pawl.http.answer.AnswerKinds.listOf;
import static dev.pawl.http.answer.AnswerKinds.word;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Phase;
import dev.pawl.service.job.Run;
import dev.pawl.service.job.RunOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The runs of a job on the wire. */
public final class RunJson {

    static final AnswerShape<Failure> FAILURE = AnswerShape.<Failure>of("Failure", "The failure of a task.")
            .field(
                    "phase",
                    word(Phase.values(), Phase::wireName),
                    Failure::phase,
                    "The phase in which the task failed.")
            .field("task_index", INTEGER, Failure::taskIndex, "The task, from 0.")
            .field("module", TEXT, Failure::module, "The task's module.")
            .field("message", TEXT, Failure::message, "What went wrong.")
            .nullable("stack", TEXT, Failure::stack, "The stack trace, if there is one.")
            .nullable("remedy", TEXT, Failure::remedy, "What to do about it, when known.");

    private static final AnswerShape<DoneTask> DONE_TASK = AnswerShape.<DoneTask>of(
                    "DoneTask", "A task that was finished in a run.")
            .field("task_index", INTEGER, done -> done.task().taskIndex(), "The task, from 0.")
            .field("module", TEXT, done -> module(done.request(), done.task().taskIndex()), "The task's module.")
            .nullable("module_version", TEXT, done -> done.task().moduleVersion(), "The version that ran.");

    private static final AnswerShape<JobRun> RUN = AnswerShape.<JobRun>of("Run", "A run of a job.")
            .field("epoch", INTEGER, of -> of.run().epoch(), "The number of the run, from 1.")
            .field("task_index", INTEGER, of -> of.run().taskIndex(), "Its current or last task, from 0.")
            .field("module", TEXT, of -> module(of.request(), of.run().taskIndex()), "That task's module.")
            .nullable("module_version", TEXT, of -> of.run().moduleVersion(), "The version that ran.")
            .nullable("worker_id", TEXT, of -> of.run().worker(), "The worker that ran it.")
            .field("started_at", TIME, of -> of.run().startedAt(), "When it began.")
            .nullable("ended_at", TIME, of -> of.run().endedAt(), "When it ended; null while it runs.")
            .field(
                    "outcome",
                    word(RunOutcome.values(), RunOutcome::wireName),
                    of -> of.run().outcome(),
                    "How it ended.")
            .nullable("failure", FAILURE, of -> of.run().failure(), "The cause of its failure, if it failed.")
            .field("done_tasks", listOf(DONE_TASK), RunJson::done, "The tasks that it finished before that one.");

    static final AnswerKind<List<JobRun>> RUNS = listOf(RUN);

    public static final AnswerShape<Page> PAGE = AnswerShape.<Page>of("Runs", "Runs of a job, in order.")
            .field("runs", RUNS, page -> of(page.request(), page.runs()), "The runs.")
            .nullable(
                    "next_before",
                    INTEGER,
                    RunJson::nextBefore,
                    "The value of before for the runs before these; null when there are none.")
            .field("limit", INTEGER, Page::limit, "The greatest number of runs.");

    private RunJson() {}

    /**
     * A page of runs.
     *
     * @param request the request of their job
     * @param runs the runs in order
     * @param limit the greatest number of runs
     */
    public record Page(JobRequest request, List<Run> runs, int limit) {}

    record JobRun(JobRequest request, Run run) {}

    private record DoneTask(JobRequest request, Run.DoneTask task) {}

    static List<JobRun> of(JobRequest request, List<Run> runs) {
        return runs.stream().map(run -> new JobRun(request, run)).toList();
    }

    /** The number of runs before the first of them, including those that are no longer kept. */
    static long before(List<Run> runs) {
        return runs.isEmpty() ? 0 : runs.get(0).epoch() - 1;
    }

    private static @Nullable Number nextBefore(Page page) {
        long earlier = before(page.runs());
        return earlier == 0 ? null : earlier + 1;
    }

    private static List<DoneTask> done(JobRun of) {
        return of.run().done().stream()
                .map(task -> new DoneTask(of.request(), task))
                .toList();
    }

    private static String module(JobRequest request, int taskIndex) {
        return request.tasks().get(taskIndex).module();
    }
}
