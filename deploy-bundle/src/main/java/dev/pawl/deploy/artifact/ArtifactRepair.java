package dev.pawl.deploy.artifact;

import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores lost or damaged artifacts when the same jar still exists in a folder that modules are installed from, and fetches those of other
 * servers on the same store.
 */
public final class ArtifactRepair {

    private static final Logger LOG = LoggerFactory.getLogger(ArtifactRepair.class);

    private final Artifacts artifacts;
    private final List<Path> folders;
    private final @Nullable SharedJars jars;

    /**
     * @param folders the folders that modules are installed from
     * @param jars the jars of all servers on the store; null where this is the only one
     */
    public ArtifactRepair(Artifacts artifacts, List<Path> folders, @Nullable SharedJars jars) {
        this.artifacts = artifacts;
        this.jars = jars;
        this.folders = List.copyOf(folders);
    }

    /** Returns when the artifact is intact or was restored; otherwise throws a {@link ProblemException} that says what is wrong with it. */
    public void ensure(Deployment deployment) {
        if (artifacts.isWhole(deployment.sha256())) {
            return;
        }
        if (isFetched(deployment)) {
            return;
        }
        for (Path jar : places(deployment)) {
            if (isMendedBy(jar, deployment)) {
                LOG.warn(
                        "The jar of bundle {} {} was lost; it is restored from {}.",
                        deployment.bundle(),
                        deployment.version(),
                        jar);
                return;
            }
        }
        artifacts.check(deployment.sha256());
    }

    /** Whether an artifact is here, or may be in the store. */
    public boolean canHave(String sha256) {
        return jars != null || artifacts.has(sha256);
    }

    private boolean isFetched(Deployment deployment) {
        if (jars == null) {
            return false;
        }
        try {
            jars.fetch(deployment.sha256());
            LOG.info("The jar of bundle {} {} is fetched from the store.", deployment.bundle(), deployment.version());
            return true;
        } catch (ProblemException e) {
            LOG.warn("The jar of bundle {} {}: {}", deployment.bundle(), deployment.version(), e.getMessage());
            return false;
        }
    }

    private List<Path> places(Deployment deployment) {
        List<Path> places = new ArrayList<>();
        String source = deployment.source();
        if (source != null) {
            SourceFolder.resolve(null, source).filter(Path::isAbsolute).ifPresent(places::add);
        }
        folders.forEach(folder -> places.addAll(SourceFolder.jars(folder)));
        return places;
    }

    private boolean isMendedBy(Path jar, Deployment deployment) {
        try {
            if (!Files.isRegularFile(jar) || !Artifacts.digest(jar).equals(deployment.sha256())) {
                return false;
            }
            StagedJar copy = artifacts.stage(jar);
            try {
                boolean same = copy.sha256().equals(deployment.sha256()); // and was not replaced meanwhile
                if (same) {
                    artifacts.keep(copy);
                }
                return same;
            } finally {
                artifacts.discard(copy);
            }
        } catch (IOException | ProblemException e) {
            LOG.debug("{} cannot be used to restore bundle {}.", jar, deployment.bundle(), e);
            return false;
        }
    }
}
