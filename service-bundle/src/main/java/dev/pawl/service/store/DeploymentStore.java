package dev.pawl.service.store;

import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.HistoryEntry;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps the records of module bundles, which define what is installed. At most one deployment of a bundle is current. Threads, futures and
 * reads are as in {@link JobStore}.
 */
@ProviderType
public interface DeploymentStore {

    /** The current deployments, in the order of the bundles' symbolic names. */
    List<Deployment> current();

    /** The former deployments of a bundle, latest first. */
    List<Deployment> former(String bundle);

    /**
     * Makes a deployment the current one of its bundle; the previous one becomes a former one unless it is the same artifact. A former one
     * that becomes current again is removed from the former ones.
     */
    CompletionStage<Void> put(Deployment deployment);

    /** Puts a deployment as {@link #put(Deployment)} does, and adds a line to the history; both or neither. */
    CompletionStage<Void> put(Deployment deployment, HistoryEntry line);

    /** Ends the current deployment of a bundle, which becomes a former one; says whether there was one. */
    CompletionStage<Boolean> remove(String bundle);

    /** Removes as {@link #remove(String)} does, and adds a line to the history; both or neither. */
    CompletionStage<Boolean> remove(String bundle, HistoryEntry line);

    /** Adds a line to the history for a change that altered no record. The last 1,000 lines of each bundle are kept. */
    CompletionStage<Void> note(HistoryEntry line);

    /** The last lines of the history of the bundles that hold or held a module, latest first. */
    List<HistoryEntry> history(String module, int limit);

    /** Removes the former deployments of a bundle except the latest {@code kept}; completes with those removed. */
    CompletionStage<List<Deployment>> prune(String bundle, int kept);
}
