package dev.pawl.deploy.change;

import dev.pawl.deploy.artifact.SharedJars;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.deploy.HistoryEntry.Outcome;
import dev.pawl.service.event.EventPublisher;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.DeploymentStore;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records of installed bundles. Each write is on disk when it returns. */
public final class DeploymentRecords {

    private static final Logger LOG = LoggerFactory.getLogger(DeploymentRecords.class);

    private final DeploymentStore store;
    private final InstantSource clock;
    private final int kept;
    private final ModuleEvents events;
    private final @Nullable SharedJars jars;
    private final @Nullable RollOuts rollOuts;

    /**
     * The records in a store.
     *
     * @param kept the number of former versions of a bundle that are kept
     * @param events publishes the changes that are made
     * @param jars the jars of all servers on the store; null where this is the only one
     * @param rollOuts the roll-outs over them; likewise
     */
    public DeploymentRecords(
            DeploymentStore store,
            InstantSource clock,
            int kept,
            EventPublisher events,
            @Nullable SharedJars jars,
            @Nullable RollOuts rollOuts) {
        this.store = store;
        this.clock = clock;
        this.kept = kept;
        this.events = new ModuleEvents(events, clock);
        this.jars = jars;
        this.rollOuts = rollOuts;
    }

    /** Whether other servers have the same records. */
    public boolean areShared() {
        return jars != null;
    }

    public List<Deployment> current() {
        return store.current();
    }

    public Optional<Deployment> ofBundle(String bundle) {
        return current().stream()
                .filter(deployment -> deployment.bundle().equals(bundle))
                .findFirst();
    }

    public Optional<Deployment> ofModule(String module) {
        return current().stream().filter(deployment -> deployment.holds(module)).findFirst();
    }

    /** The record of the bundle that holds the module; throws a {@link ProblemException} when there is none. */
    public Deployment require(String module) {
        return ofModule(module)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NO_SUCH_MODULE, "The module " + module + " is not installed here."));
    }

    List<Deployment> former(String bundle) {
        return store.former(bundle);
    }

    public void put(Deployment deployment) {
        share(deployment);
        join(store.put(deployment));
    }

    /** Records the new deployment and adds the change to the history. */
    public void put(Deployment deployment, DeploymentChange change) {
        put(deployment, change, "");
    }

    /** Records a change that nobody requested, with the reason. */
    public void put(Deployment deployment, DeploymentChange change, String why) {
        share(deployment);
        HistoryEntry line = change.line(clock.instant(), Outcome.DONE, why);
        if (rollOuts == null || !rollOuts.begin(deployment, change, line)) {
            join(store.put(deployment, line, AuditedChange.current()));
        }
    }

    /** Refuses a change of a bundle of which a version is being rolled out. */
    void refuseAmidRollOut(String bundle) {
        if (rollOuts != null) {
            rollOuts.refuseAmid(bundle);
        }
    }

    /** Tells those who follow this server of a change that another one has made. */
    void followed(DeploymentChange change) {
        events.done(change);
    }

    /** A record that other servers can read names a jar that they can have. */
    private void share(Deployment deployment) {
        if (jars != null) {
            jars.share(deployment.sha256());
        }
    }

    /** Ends the bundle's current record and adds the change to the history. */
    void remove(String bundle, DeploymentChange change) {
        join(store.remove(bundle, change.line(clock.instant(), Outcome.DONE, ""), AuditedChange.current()));
    }

    /**
     * Adds a failed change to the history. A failure to write the line is only logged, since the cause of the change's failure matters
     * more.
     */
    void note(DeploymentChange change, Outcome outcome, RuntimeException why) {
        try {
            join(store.note(
                    change.line(clock.instant(), outcome, String.valueOf(why.getMessage())), AuditedChange.current()));
        } catch (RuntimeException e) {
            LOG.warn("The history lacks a line: {}", e.getMessage());
        }
    }

    /** Runs a change, and tells those who follow of it; a failure is added to the history. */
    <T> T telling(DeploymentChange change, Supplier<T> steps) {
        events.begun(change);
        try {
            T made = steps.get();
            events.done(change);
            return made;
        } catch (RuntimeException e) {
            note(change, Outcome.FAILED, e);
            events.failed(change);
            throw e;
        }
    }

    public List<HistoryEntry> history(String module, int limit) {
        return store.history(module, limit);
    }

    /**
     * Begins to remove all but the latest former versions; they are removed once the returned action has run.
     *
     * @param isNew whether the bundle was not installed before: then its former jars were deleted when it was uninstalled
     */
    Runnable prune(String bundle, boolean isNew) {
        CompletionStage<?> pruned = store.prune(bundle, isNew ? 0 : kept);
        return () -> join(pruned);
    }

    /** The artifacts that an installed bundle uses or can be rolled back to. */
    Set<String> artifacts() {
        Set<String> artifacts = new HashSet<>();
        for (Deployment deployment : current()) {
            artifacts.add(deployment.sha256());
            former(deployment.bundle()).forEach(former -> artifacts.add(former.sha256()));
        }
        return artifacts;
    }

    private static <T> T join(CompletionStage<T> written) {
        try {
            return Confirmation.await(written, "The record of the deployment");
        } catch (ProblemException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ProblemException(ProblemCode.STORE_UNAVAILABLE, "The deployment could not be recorded: " + e, e);
        }
    }
}
