package dev.pawl.deploy.artifact;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.SharedDeployments;
import java.nio.file.Path;
import java.time.Duration;

/** The artifacts of all servers on a store: this one's are given to them, and theirs are fetched when a record names them. */
public final class SharedJars {

    /** The time that a deployment takes from its jar to its record, generously. */
    private static final Duration UNDER_WAY = Duration.ofHours(1);

    private final Artifacts artifacts;
    private final SharedDeployments shared;

    public SharedJars(Artifacts artifacts, SharedDeployments shared) {
        this.artifacts = artifacts;
        this.shared = shared;
    }

    /** The deployments that these jars belong to. */
    public SharedDeployments deployments() {
        return shared;
    }

    /** Gives an artifact to the other servers, unless they have it. One that is lost here was given before. */
    public void share(String sha256) {
        if (artifacts.has(sha256)) {
            shared.keepJar(sha256, artifacts.path(sha256));
        }
    }

    /**
     * Fetches an artifact that is not here.
     *
     * @throws ProblemException when it cannot be had
     */
    public void fetch(String sha256) {
        Path file = artifacts.temporaryFile();
        try {
            if (!shared.fetchJar(sha256, file)) {
                throw new ProblemException(
                        ProblemCode.ARTIFACT_LOST, "The store does not have the jar with the digest " + sha256 + ".");
            }
            StagedJar copy = artifacts.stage(file);
            try {
                if (!copy.sha256().equals(sha256)) {
                    throw new ProblemException(
                            ProblemCode.ARTIFACT_LOST,
                            "The jar in the store has the digest " + copy.sha256() + " instead of " + sha256 + ".");
                }
                artifacts.keep(copy);
            } finally {
                artifacts.discard(copy);
            }
        } finally {
            artifacts.release(file);
        }
    }

    /** Forgets those that no record names. */
    public void forgetUnnamed() {
        shared.forgetJars(UNDER_WAY);
    }
}
