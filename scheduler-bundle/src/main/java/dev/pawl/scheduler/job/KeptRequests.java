package dev.pawl.scheduler.job;

import dev.pawl.api.module.Role;
import dev.pawl.scheduler.queue.SecretNames;
import dev.pawl.scheduler.schema.Secrets;
import dev.pawl.scheduler.secret.UnreadableSecretException;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests that are kept to be submitted again and again: validated when they come, sealed while they are kept, opened for each job. */
public final class KeptRequests {

    private final RequestValidation validation;
    private final SecretNames secrets;

    public KeptRequests(RequestValidation validation, SecretNames secrets) {
        this.validation = validation;
        this.secrets = secrets;
    }

    /**
     * The request as it is to be kept.
     *
     * @param former the kept one that it replaces; a value that is given as a mask has the value from there
     * @throws ProblemException also when a caller who is no admin gives masks and changes something else of the job: whoever may not see a
     *         password must not send it to a host of their choice
     */
    JobRequest kept(JobRequest given, @Nullable JobRequest former) {
        return kept(given, former, List.of());
    }

    /**
     * The same for a request that is not whole.
     *
     * @param later for each task the names of the inputs that come with each submission; empty when there are none
     */
    JobRequest kept(JobRequest given, @Nullable JobRequest former, List<Set<String>> later) {
        if (!given.after().isNone()) {
            throw new ProblemException(
                    ProblemCode.INVALID_JOB,
                    "after names jobs, which a job that is started again and again cannot wait for; leave it out.");
        }
        JobRequest request = former == null ? given : unmasked(given, opened(former));
        if (former != null && !request.equals(given) && given.role() != Role.ADMIN && !doesTheSame(request, former)) {
            throw new ProblemException(
                    ProblemCode.INVALID_INPUT,
                    "The job has " + Secrets.MASK
                            + " for a secret, and other inputs or settings than before. Give the secret"
                            + " anew; an admin may leave it.");
        }
        if (later.stream().allMatch(Set::isEmpty)) {
            validation.check(TaskTemplates.resolved(request, validation::inputs), false);
        } else {
            validation.checkSome(request, later);
        }
        return secrets.sealed(request); // templates and all: they are resolved anew for each job
    }

    /** Whether a request asks for the same as a kept one, secrets included, whoever asks; a mask stands for the kept secret. */
    boolean asksTheSame(JobRequest given, JobRequest kept) {
        JobRequest before = opened(kept);
        JobRequest wanted = unmasked(given, before);
        return RequestValues.of(wanted).equals(RequestValues.of(before))
                && wanted.with(before.tasks(), before.settings())
                        .withRole(before.role())
                        .equals(before);
    }

    /** A kept request with its secrets open. */
    JobRequest opened(JobRequest kept) {
        try {
            return secrets.opened(kept);
        } catch (UnreadableSecretException e) {
            throw new ProblemException(ProblemCode.INVALID_INPUT, String.valueOf(e.getMessage()), e);
        }
    }

    private boolean doesTheSame(JobRequest request, JobRequest former) {
        return RequestValues.of(request).equals(RequestValues.of(opened(former)));
    }

    private static JobRequest unmasked(JobRequest given, JobRequest former) {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < given.tasks().size(); i++) {
            Task task = given.tasks().get(i);
            boolean isSame =
                    i < former.tasks().size() && former.tasks().get(i).module().equals(task.module());
            tasks.add(
                    isSame
                            ? new Task(
                                    task.module(),
                                    unmasked(
                                            task.inputs(), former.tasks().get(i).inputs()))
                            : task);
        }
        return given.with(tasks, unmasked(given.settings(), former.settings()));
    }

    private static Map<String, Object> unmasked(Map<String, Object> given, Map<String, Object> former) {
        Map<String, Object> values = new LinkedHashMap<>(given);
        values.replaceAll(
                (name, value) -> Secrets.MASK.equals(value) && former.containsKey(name) ? former.get(name) : value);
        return values;
    }
}
