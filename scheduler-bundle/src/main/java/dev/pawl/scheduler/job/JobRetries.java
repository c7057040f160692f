package dev.pawl.scheduler.job;

import dev.pawl.api.module.Role;
import dev.pawl.scheduler.queue.SecretNames;
import dev.pawl.scheduler.secret.UnreadableSecretException;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobRetry;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.OnConflict;
import dev.pawl.service.job.Submission;
import dev.pawl.service.job.Submitted;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Retries jobs that have failed or were stopped: makes new requests from the old ones. */
public final class JobRetries {

    private final SecretNames secrets;
    private final JobIntake intake;

    public JobRetries(SecretNames secrets, JobIntake intake) {
        this.secrets = secrets;
        this.intake = intake;
    }

    /**
     * Adds a job with the request of another.
     *
     * @param old the job as the store has it
     */
    public CompletionStage<Submitted> retry(Job old, JobRetry wanted) {
        JobStatus status = old.state().status();
        if (status != JobStatus.FAILED && status != JobStatus.STOPPED) {
            throw new ProblemException(
                    ProblemCode.JOB_NOT_FAILED, "Job " + old.id() + " is " + status.wireName() + ".");
        }
        Submission submission = Submission.ofAnyModule(request(old, wanted));
        return intake.submit(wanted.key() == null ? submission : submission.withKey(wanted.key()));
    }

    private JobRequest request(Job job, JobRetry wanted) {
        JobRequest old = opened(job).request();
        JobRequest.Builder request = JobRequest.builder(tasks(old, wanted))
                .title(old.title())
                .settings(old.settings())
                .priority(old.priority())
                .retry(old.retry())
                .retryOf(job.id())
                .role(wanted.role());
        old.maxDuration().ifPresent(request::maxDuration);
        old.uniqueKey().ifPresent(key -> request.uniqueKey(key).onConflict(OnConflict.REJECT));
        old.uniqueFor().ifPresent(request::uniqueFor);
        old.callback().ifPresent(request::callback);
        if (wanted.traceParent() != null) {
            request.traceParent(wanted.traceParent());
        }
        return request.build();
    }

    private Job opened(Job job) {
        try {
            return secrets.opened(job);
        } catch (UnreadableSecretException e) {
            throw new ProblemException(
                    ProblemCode.INVALID_JOB,
                    "The secrets of job " + job.id() + " can no longer be read; start a new job with them.",
                    e);
        }
    }

    private List<Task> tasks(JobRequest old, JobRetry wanted) {
        int all = old.tasks().size();
        if (wanted.fromTask() < 0 || wanted.fromTask() >= all) {
            throw new ProblemException(
                    ProblemCode.INVALID_JOB,
                    "from_task is " + wanted.fromTask() + "; the job has " + all + " task(s), counted from 0.");
        }
        List<Task> tasks = new ArrayList<>(old.tasks().subList(wanted.fromTask(), all));
        tasks.set(0, changed(tasks.get(0), wanted));
        return tasks;
    }

    /**
     * The task with the inputs that the retry gives. With others than secrets among them, all secrets must be among them, except for an
     * admin: whoever may not see a password must not send it to a host of their choice.
     */
    private Task changed(Task task, JobRetry wanted) {
        Map<String, Object> inputs = new LinkedHashMap<>(task.inputs());
        List<String> secret = secrets.secretInputs(task);
        if (wanted.role() != Role.ADMIN && !secret.containsAll(wanted.inputs().keySet())) {
            for (String name : secret) {
                if (inputs.containsKey(name) && !wanted.inputs().containsKey(name)) {
                    throw new ProblemException(
                            ProblemCode.INVALID_INPUT,
                            name
                                    + " is a secret of the old job, and other inputs are changed. Give it anew; an admin may leave it.");
                }
            }
        }
        inputs.putAll(wanted.inputs());
        return new Task(task.module(), inputs);
    }
}
