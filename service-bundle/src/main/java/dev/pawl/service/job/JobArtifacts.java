package dev.pawl.service.job;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The artifacts of jobs: files that tasks put into the folder {@code artifacts} of their work folder. They are visible from the end of the
 * task on. Safe for use by several threads. Jobs are named as in {@link Scheduler}; reads block for a short read of the store and the disk.
 */
@ProviderType
public interface JobArtifacts {

    /** The greatest number of artifacts that one job keeps. */
    int MOST_FILES = 10_000;

    /** The greatest number of artifacts in a page. */
    int MOST_LISTED = 10_000;

    /** The artifacts of a job whose paths come after the given one, at most {@code limit} (1 to {@value #MOST_LISTED}). */
    ArtifactPage page(String job, String after, int limit);

    /**
     * Opens an artifact; the caller closes it.
     *
     * @param path its path as listed
     * @throws dev.pawl.service.problem.ProblemException {@code NO_SUCH_ARTIFACT}, or {@code ARTIFACT_FILE_LOST} when its file is gone
     */
    OpenArtifact open(String job, String path);
}
