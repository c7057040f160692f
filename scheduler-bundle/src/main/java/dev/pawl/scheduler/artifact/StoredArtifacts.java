package dev.pawl.scheduler.artifact;

import dev.pawl.scheduler.queue.JobLookup;
import dev.pawl.service.job.ArtifactPage;
import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.job.JobArtifacts;
import dev.pawl.service.job.OpenArtifact;
import dev.pawl.service.problem.IoReason;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.ArtifactStore;
import dev.pawl.service.store.ArtifactTotals;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** Lists and opens the artifacts of jobs. */
public final class StoredArtifacts implements JobArtifacts {

    private static final int MOST_SHOWN = 200;

    private final JobLookup lookup;
    private final ArtifactStore store;
    private final ArtifactContents contents;

    StoredArtifacts(JobLookup lookup, ArtifactStore store, ArtifactContents contents) {
        this.lookup = lookup;
        this.store = store;
        this.contents = contents;
    }

    @Override
    public ArtifactPage page(String job, String after, int limit) {
        if (limit < 1 || limit > MOST_LISTED) {
            throw new IllegalArgumentException("limit is " + limit + "; it takes 1 to " + MOST_LISTED + ".");
        }
        UUID id = lookup.id(job);
        ArtifactTotals totals = store.totals(id);
        return totals.files() == 0
                ? new ArtifactPage(List.of(), 0, 0)
                : new ArtifactPage(store.list(id, after, limit), totals.files(), totals.bytes());
    }

    @Override
    public OpenArtifact open(String job, String path) {
        UUID id = lookup.id(job);
        JobArtifact artifact = store.find(id, path)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NO_SUCH_ARTIFACT, "Job " + id + " has no artifact " + shown(path) + "."));
        try {
            return new OpenArtifact(artifact, contents.open(id, artifact));
        } catch (IOException e) {
            throw lost(path, e);
        }
    }

    private static ProblemException lost(String path, IOException cause) {
        return new ProblemException(
                ProblemCode.ARTIFACT_FILE_LOST,
                "The file of the artifact " + shown(path) + " cannot be read: " + IoReason.of(cause) + ".",
                cause);
    }

    private static String shown(String path) {
        return path.length() > MOST_SHOWN ? path.substring(0, MOST_SHOWN) + "…" : path;
    }
}
