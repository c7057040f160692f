package dev.pawl.service.event;

import dev.pawl.service.access.Principal;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobState;
import dev.pawl.service.job.JobView;
import dev.pawl.service.job.Progress;
import dev.pawl.service.job.Reason;
import dev.pawl.service.job.Task;
import dev.pawl.service.job.VisibleJobs;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of a job.
 *
 * @param at the time at which it was noticed
 * @param change the kind of change
 * @param view the job after it, as {@link #bare} leaves it; after a removal, as it was before
 */
public record JobEvent(Instant at, Change change, JobView view) implements Event {

    /** The kinds of changes. */
    public enum Change {
        /** Nothing has changed: someone begins to follow the job, and sees where it stands. */
        PRESENT,
        /** It was added, and waits. */
        ADDED,
        /** A run has begun, here or at an external worker. */
        STARTED,
        /** A task is done, and the next one begins. */
        NEXT_TASK,
        /** The running task has reported progress; not each report is told. */
        PROGRESS,
        /** A run has ended, and the job waits for another one. */
        WAITING,
        /** It is completed, failed or stopped. */
        ENDED,
        /** Something else of it is another, such as its due time. */
        CHANGED,
        /** It is gone, with its log and results. */
        REMOVED;

        /** The word on the wire, such as {@code next_task}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** An event of a job that may be whole; what a list of jobs does not show is left out. */
    public static JobEvent of(Instant at, Change change, Job job, @Nullable Reason reason) {
        return new JobEvent(at, change, new JobView(bare(job), reason));
    }

    /** The job without its inputs and settings, and without what its tasks have saved and reported, which may be large or secret. */
    public static Job bare(Job job) {
        JobRequest request = job.request();
        JobState state = job.state();
        JobState.Position position = state.position();
        Failure failure = state.failure();
        return job.withRequest(request.with(
                        request.tasks().stream()
                                .map(task -> new Task(task.module(), Map.of()))
                                .toList(),
                        Map.of()))
                .withState(new JobState(
                        state.status(),
                        state.attempts(),
                        new JobState.Position(
                                position.taskIndex(),
                                Map.of(),
                                null,
                                Map.of(),
                                new Progress(position.progress().percent(), Map.of())),
                        state.times(),
                        state.latestRun(),
                        state.parked(),
                        failure == null
                                ? null
                                : new Failure(
                                        failure.phase(),
                                        failure.taskIndex(),
                                        failure.module(),
                                        failure.message(),
                                        null,
                                        failure.remedy())));
    }

    /** The job. */
    public Job job() {
        return view.job();
    }

    @Override
    public EventType type() {
        return EventType.JOB;
    }

    @Override
    public boolean isVisibleTo(Principal reader) {
        return new VisibleJobs(reader).include(job());
    }
}
