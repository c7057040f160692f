package dev.pawl.service.store;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.deploy.RollOut;
import dev.pawl.service.deploy.RollOut.State;
import dev.pawl.service.deploy.RollOut.Step;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps the roll-outs of versions over the servers that share a store: at most one of a bundle. Any server may make any move; a move of one that
 * is over by then, or further, changes nothing and is answered with false. Times are by the clock of the store. Methods work on the calling
 * thread; any thread may call them. Errors are those of {@link JobStore}.
 */
@ProviderType
public interface RollOutStore {

    /** The roll-outs that are under way, by bundle. */
    List<RollOut> live();

    /**
     * Makes a deployment the current one, as {@link DeploymentStore#put(Deployment, HistoryEntry, AuditedChange)} does, and begins to roll it
     * out from this server, which runs it already; all or nothing. Until its own step each other server has the deployment before.
     *
     * @param isHeld whether it stays on its first server until it is promoted
     * @param proving how long this server must stay healthy with it
     * @return false when another roll-out of the bundle is under way; then nothing is changed
     */
    boolean begin(Deployment to, boolean isHeld, Duration proving, HistoryEntry line, @Nullable AuditedChange change);

    /**
     * Lets this server take its step, when no other one is amid its own and the roll-out is not held elsewhere: from now on the new deployment is
     * the current one here.
     *
     * @param within the time in which it must have the version running
     */
    boolean takeStep(RollOut rollOut, Duration within);

    /**
     * Moves the step of this server on.
     *
     * @param within the time in which it must move on again; ignored for {@link State#SERVING}
     */
    boolean moveStep(String bundle, State from, State to, Duration within);

    /** Notes that this server has proved healthy; false while the time for which it must is not over. */
    boolean serves(String bundle);

    /** Forgets a step as it was read, of a server that is lost, as if that had not taken it; when it was the only one that served a held version, counts a loss. */
    boolean skip(RollOut rollOut, Step step);

    /** Lets a held roll-out go on, with a line of the history and an entry in the audit. */
    boolean promote(RollOut rollOut, HistoryEntry line, @Nullable AuditedChange change);

    /**
     * Ends a roll-out whose steps are as they were read by going back: the deployment before is the current one again, with a new generation; or
     * none, when there was none.
     */
    boolean goBack(RollOut rollOut, HistoryEntry line, @Nullable AuditedChange change);

    /** Ends a roll-out when all living servers serve the version, with a line of the history. */
    boolean finish(RollOut rollOut, HistoryEntry line);

    /** Forgets the steps of this server, which stops. */
    void leave();
}
