package dev.pawl.service.deploy;

import dev.pawl.service.job.JobMove;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a change to a bundle, or its forecast in a dry run.
 *
 * @param change the kind of change
 * @param deployment the bundle's record after the change; for a removal, the record before it
 * @param formerVersion the previous version; null when there was none
 * @param jobs what happened to each running job
 * @param impact its effect on other bundles and on jobs
 */
public record Deployed(
        Change change, Deployment deployment, @Nullable String formerVersion, List<JobMove> jobs, Impact impact) {

    public Deployed {
        jobs = List.copyOf(jobs);
    }

    /** Kinds of change. */
    public enum Change {
        INSTALLED,
        UPDATED,
        UNCHANGED,
        /** It was installed already, but its artifact was lost or damaged and has been repaired. */
        REPAIRED,
        UNINSTALLED,
        ENABLED,
        DISABLED,
        ROLLED_BACK
    }
}
