package dev.pawl.service.job;

import java.util.List;

/**
 * Some artifacts of a job, in the order of their paths.
 *
 * @param artifacts these artifacts
 * @param files the number of all artifacts of the job
 * @param bytes the size of all of them together
 */
public record ArtifactPage(List<JobArtifact> artifacts, long files, long bytes) {

    public ArtifactPage {
        artifacts = List.copyOf(artifacts);
    }
}
