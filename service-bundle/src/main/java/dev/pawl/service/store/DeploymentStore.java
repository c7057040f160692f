package dev.pawl.service.store;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.HistoryEntry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps the records of module bundles, which define what is installed. At most one deployment of a bundle is current. Threads, futures and
 * reads are as in {@link JobStore}.
 */
@ProviderType
public interface DeploymentStore {

    /** Parts that this server shares with others on the same store; empty where it is the only one. */
    Optional<SharedDeployments> shared();

    /**
     * The current deployments, in the order of the bundles' symbolic names. While a version is rolled out over servers that share a store, those
     * that this server is to have.
     */
    List<Deployment> current();

    /** The former deployments of a bundle, latest first. */
    List<Deployment> former(String bundle);

    /**
     * Makes a deployment the current one of its bundle; the previous one becomes a former one unless it is the same artifact. A former one
     * that becomes current again is removed from the former ones.
     */
    CompletionStage<Void> put(Deployment deployment);

    /** Puts a deployment as {@link #put(Deployment)} does, and adds a line to the history and an entry to the audit; all or nothing. */
    CompletionStage<Void> put(Deployment deployment, HistoryEntry line, @Nullable AuditedChange change);

    /** Puts a deployment as {@link #put(Deployment, HistoryEntry, AuditedChange)} does, for whom the line names. */
    default CompletionStage<Void> put(Deployment deployment, HistoryEntry line) {
        return put(deployment, line, null);
    }

    /** Ends the current deployment of a bundle, which becomes a former one; says whether there was one. */
    CompletionStage<Boolean> remove(String bundle);

    /** Removes as {@link #remove(String)} does, and adds a line to the history and an entry to the audit; all or nothing. */
    CompletionStage<Boolean> remove(String bundle, HistoryEntry line, @Nullable AuditedChange change);

    /** Removes as {@link #remove(String, HistoryEntry, AuditedChange)} does, for whom the line names. */
    default CompletionStage<Boolean> remove(String bundle, HistoryEntry line) {
        return remove(bundle, line, null);
    }

    /**
     * Adds a line to the history, and an entry to the audit, for a change that altered no record. The last 1,000 lines of each bundle are
     * kept.
     */
    CompletionStage<Void> note(HistoryEntry line, @Nullable AuditedChange change);

    /** Adds a line as {@link #note(HistoryEntry, AuditedChange)} does, for whom it names. */
    default CompletionStage<Void> note(HistoryEntry line) {
        return note(line, null);
    }

    /** The last lines of the history of the bundles that hold or held a module, latest first. */
    List<HistoryEntry> history(String module, int limit);

    /** Removes the former deployments of a bundle except the latest {@code kept}; completes with those removed. */
    CompletionStage<List<Deployment>> prune(String bundle, int kept);
}
