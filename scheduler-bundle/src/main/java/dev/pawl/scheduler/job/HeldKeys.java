package dev.pawl.scheduler.job;

import dev.pawl.scheduler.queue.SecretNames;
import dev.pawl.scheduler.secret.UnreadableSecretException;
import dev.pawl.service.job.DueFire;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.UniqueKeyCheck;
import java.util.List;

/** Judges jobs that hold the unique keys of new ones, as the requests for the new ones say. */
final class HeldKeys {

    private final SecretNames secrets;

    HeldKeys(SecretNames secrets) {
        this.secrets = secrets;
    }

    /** The judge of an earlier job of a schedule. */
    static UniqueKeyCheck check(DueFire fire) {
        return earlier -> {
            switch (fire.earlier()) {
                case STOP -> throw new KeyHeldException(earlier.id());
                case YIELD_TO, WAIT_FOR, RUN_BESIDE -> {}
            }
        };
    }

    /** The judge for a request, whose secrets are not sealed yet. */
    UniqueKeyCheck check(JobRequest wanted) {
        return holder -> {
            switch (wanted.onConflict()) {
                case RETURN -> requireSame(wanted, holder);
                case REJECT -> throw taken(wanted, holder, "it rejects a request with the same key");
                case REPLACE -> throw new KeyHeldException(holder.id());
            }
        };
    }

    private void requireSame(JobRequest wanted, Job holder) {
        RequestValues values = RequestValues.of(wanted);
        if (!values.modules().equals(modules(holder.request()))) {
            throw taken(wanted, holder, "this request is of " + String.join(", ", values.modules()));
        }
        if (!isOf(holder, values)) {
            throw taken(wanted, holder, "this request has other inputs or settings");
        }
    }

    private boolean isOf(Job holder, RequestValues wanted) {
        try {
            return wanted.equals(RequestValues.of(secrets.opened(holder).request()));
        } catch (UnreadableSecretException e) { // it is unknown whether they are the same
            return false;
        }
    }

    private static List<String> modules(JobRequest request) {
        return request.tasks().stream().map(Task::module).toList();
    }

    private static ProblemException taken(JobRequest wanted, Job holder, String why) {
        return new ProblemException(
                ProblemCode.UNIQUE_KEY_TAKEN,
                "The unique key \"" + wanted.uniqueKey().orElseThrow() + "\" belongs to job " + holder.id() + " of "
                        + String.join(", ", modules(holder.request())) + ", which is "
                        + holder.state().status().wireName() + "; " + why + ".");
    }
}
