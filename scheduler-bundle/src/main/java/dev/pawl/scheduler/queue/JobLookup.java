package dev.pawl.scheduler.queue;

import dev.pawl.service.job.Job;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.JobStore;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** Finds a job by its id or a unique prefix of it. */
public final class JobLookup {

    private static final int SHORTEST = 8;
    private static final int WHOLE = 36;
    private static final Pattern FORM = Pattern.compile("[0-9a-f-]{" + SHORTEST + "," + WHOLE + "}");

    private final JobStore store;

    /** Looks jobs up in the store. */
    public JobLookup(JobStore store) {
        this.store = store;
    }

    /**
     * The id that the text names.
     *
     * @throws ProblemException {@code UNKNOWN_JOB} or {@code AMBIGUOUS_JOB_ID}
     */
    public UUID id(String text) {
        String wanted = text.trim().toLowerCase(Locale.ROOT);
        if (!FORM.matcher(wanted).matches()) {
            throw new ProblemException(
                    ProblemCode.UNKNOWN_JOB,
                    "There is no job \"" + text + "\"; a job is named by its id or by " + SHORTEST
                            + " or more of its first characters.");
        }
        List<UUID> found = store.findByPrefix(wanted, 2);
        if (found.isEmpty()) {
            throw unknown(text);
        }
        if (found.size() > 1) {
            throw new ProblemException(
                    ProblemCode.AMBIGUOUS_JOB_ID, "Several jobs have ids that begin with \"" + wanted + "\".");
        }
        return found.get(0);
    }

    /**
     * The job that the text names.
     *
     * @throws ProblemException {@code UNKNOWN_JOB} or {@code AMBIGUOUS_JOB_ID}
     */
    public Job job(String text) {
        return store.find(id(text)).orElseThrow(() -> unknown(text));
    }

    private static ProblemException unknown(String text) {
        return new ProblemException(ProblemCode.UNKNOWN_JOB, "There is no job \"" + text + "\".");
    }
}
