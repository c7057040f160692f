package dev.pawl.store.kit;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Phase;
import java.util.UUID;

/** The failure of a job that waited for the completion of another. */
public final class WaitFailure {

    /** The outcome of a job that was removed before it ended, beside the statuses of those that ended. */
    public static final String REMOVED = "removed";

    private WaitFailure() {}

    /**
     * The failure of a job.
     *
     * @param module its first module
     * @param awaited the job for which it waited
     * @param outcome how that is over: a status on the wire, or {@link #REMOVED}
     */
    public static Failure of(String module, UUID awaited, String outcome) {
        String end =
                switch (outcome) {
                    case "failed" -> "has failed";
                    case "stopped" -> "was stopped";
                    default -> "was removed before it ended";
                };
        return new Failure(
                Phase.WAIT,
                0,
                module,
                "It waited for the completion of job " + awaited + ", which " + end + ".",
                null,
                outcome.equals(REMOVED)
                        ? "Retry this job; it then starts without a wait."
                        : "Retry that job first (`pawl retry " + awaited + "`), and this one when it has completed.");
    }
}
