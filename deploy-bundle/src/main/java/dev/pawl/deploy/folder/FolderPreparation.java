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
import org.jspecify.annotations.Nullable;
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
    private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
    private final Queue<Deployment> left = new ConcurrentLinkedQueue<>();

    private volatile boolean started;

    /** The outcome of the last preparation of a folder: the digest of what it was packed into, and why it failed; null when it did not. */
    private record Outcome(String sha256, @Nullable ProblemException problem) {}

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
            outcomes.put(name(path), outcome(Artifacts.digest(source.jar()), source.jar()));
        } catch (ProblemException | IOException e) {
            return; // the change says what is wrong with the folder itself
        }
    }

    private Outcome outcome(String sha256, Path jar) {
        try {
            preparation.accept(jar);
            return new Outcome(sha256, null);
        } catch (ProblemException e) {
            return new Outcome(sha256, e);
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
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
        started = true;
        for (Deployment taken = left.poll(); taken != null; taken = left.poll()) {
            try {
                preparation.accept(artifacts.path(taken.sha256()));
            } catch (RuntimeException e) {
                LOG.warn("No job of {} can run yet: {}", taken.bundle(), e.getMessage());
            }
        }
    }

    /**
     * Throws the problem of a module whose needs cannot be met. One whose files have changed since it was prepared is prepared now, although
     * other changes wait meanwhile; before the server has started, nothing is.
     *
     * @param path the module's folder; anything else has no needs
     * @param jar what it was packed into now
     */
    void check(Path path, String sha256, Path jar) {
        if (!ModuleFolders.isOne(path)) {
            return;
        }
        Outcome outcome = outcomes.get(name(path));
        if (started && (outcome == null || !outcome.sha256().equals(sha256))) {
            outcome = outcome(sha256, jar);
            outcomes.put(name(path), outcome);
        }
        if (outcome != null && outcome.problem() != null && outcome.sha256().equals(sha256)) {
            throw outcome.problem();
        }
    }
}
