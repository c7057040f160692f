package dev.pawl.service.store;

import dev.pawl.service.job.JobArtifact;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps the records of the artifacts of jobs; their files are on the disk, in a folder for each job, and in the store where servers share one. A run records artifacts with a {@link
 * RunWrite}. Records are removed with their job. Threads, futures and reads are as in {@link JobStore}.
 *
 * <p>The store remembers each job whose records were removed, in the same transaction, until it is told that the files are deleted too.
 */
@ProviderType
public interface ArtifactStore {

    /** One artifact of a job. */
    Optional<JobArtifact> find(UUID job, String path);

    /** The artifacts of a job whose paths come after the given one, in the order of their paths' UTF-8 bytes. */
    List<JobArtifact> list(UUID job, String after, int limit);

    /** How much a job keeps. */
    ArtifactTotals totals(UUID job);

    /** The size of the artifacts of all jobs together. */
    long bytes();

    /** The jobs that have artifacts. */
    List<UUID> jobs();

    /**
     * Records artifacts of a job that has ended, when its last run could not.
     *
     * @param run the last run of the job
     * @throws dev.pawl.api.module.StaleRunException through the future, unless the job has ended with that run; nothing is changed
     */
    CompletionStage<Void> add(RunId run, List<JobArtifact> artifacts);

    /**
     * Removes the records of ended jobs, those that ended first before others, until all artifacts together have at most {@code most}
     * bytes, or as many as one short transaction removes. Artifacts of jobs that have not ended stay.
     *
     * @return the jobs whose records were removed; when empty, there are none left to remove
     */
    CompletionStage<List<UUID>> removeOldest(long most);

    /** Removes the records of jobs, without the jobs. */
    CompletionStage<Void> remove(List<UUID> jobs);

    /** Jobs whose records were removed and whose files may still be there, at most {@code limit}. */
    List<UUID> removed(int limit);

    /** The contents of artifacts, when servers share the store; empty when the files of this server are all that there is. */
    Optional<SharedArtifacts> shared();

    /** Forgets that the records of these jobs were removed, once their files are deleted. */
    CompletionStage<Void> forget(List<UUID> jobs);
}
