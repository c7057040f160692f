package dev.pawl.deploy.folder;

import dev.pawl.deploy.artifact.Artifacts;
import dev.pawl.deploy.pack.ModuleSource;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.FolderReport;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The needs of modules that are folders in the modules folder, such as the packages of a Python module: they are met before the change, for
 * which others would wait, and what cannot be met is remembered for it. Safe for many threads.
 */
public final class FolderPreparation {

    private static final Logger LOG = LoggerFactory.getLogger(FolderPreparation.class);

    private final Path folder;
    private final Artifacts artifacts;
    private final Consumer<Path> preparation;
    private final Map<String, ProblemException> unmet = new ConcurrentHashMap<>();
    private final Queue<Deployment> left = new ConcurrentLinkedQueue<>();

    /**
     * Prepares nothing yet.
     *
     * @param preparation meets the needs of the module in a jar, or throws a problem that says why it cannot
     */
    public FolderPreparation(Path folder, Artifacts artifacts, Consumer<Path> preparation) {
        this.folder = folder;
        this.artifacts = artifacts;
        this.preparation = preparation;
    }

    /** Prepares all modules in the folder. */
    public void prepareAll() {
        ModuleFolders.in(folder).forEach(this::prepare);
    }

    /** Prepares one, when the path is that of a module. */
    public void prepare(Path path) {
        if (!ModuleFolders.isOne(path)) {
            return;
        }
        try (ModuleSource source = ModuleSource.of(path, artifacts)) {
            String sha256 = Artifacts.digest(source.jar());
            unmet.remove(sha256);
            try {
                preparation.accept(source.jar());
            } catch (ProblemException e) {
                unmet.put(sha256, e);
            }
        } catch (ProblemException | IOException e) {
            return; // the change says what is wrong with the folder itself
        }
    }

    /** Takes what a start of the server has found new, and did not wait for. */
    public void leaveForLater(FolderReport report) {
        for (Deployed taken : report.installed()) {
            if (ModuleSource.isPacked(taken.deployment().bundle())) {
                left.add(taken.deployment());
            }
        }
    }

    /** Prepares what was left when the server started; it is installed already, and waits for its first job otherwise. */
    public void prepareWhatIsLeft() {
        for (Deployment taken = left.poll(); taken != null; taken = left.poll()) {
            try {
                preparation.accept(artifacts.path(taken.sha256()));
            } catch (RuntimeException e) {
                LOG.warn("No job of {} can run yet: {}", taken.bundle(), e.getMessage());
            }
        }
    }

    /** Throws the problem of a module whose needs cannot be met. */
    void check(String sha256) {
        ProblemException problem = unmet.get(sha256);
        if (problem != null) {
            throw problem;
        }
    }
}
