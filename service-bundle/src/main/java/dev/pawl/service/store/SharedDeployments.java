package dev.pawl.service.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Parts of deployments that servers on one store share beside their records: the jars, the turn to change modules, and what each server runs.
 * Methods work on the calling thread; any thread may call them. Errors are those of {@link JobStore}.
 */
@ProviderType
public interface SharedDeployments {

    /** The number of changes to deployments until now, by which a server sees that another one made some. It never falls. */
    long changes();

    /**
     * Keeps a jar unless it is kept already; it is on the disk of the store when this returns.
     *
     * @param sha256 its digest, as 64 lower-case hexadecimal digits
     */
    void keepJar(String sha256, Path jar);

    /**
     * Writes a jar to a file, which must not exist; the caller compares its digest.
     *
     * @return whether it is kept
     */
    boolean fetchJar(String sha256, Path file);

    /** Forgets the jars that no deployment names, current or former, unless they came within a time: their deployment may be under way. */
    void forgetJars(Duration within);

    /**
     * Takes the turn to change modules, which one server has at a time. It ends by {@link #endTurn}, with the lease of a server that dies, or
     * after a time by the clock of the store, so that a server that hangs does not keep it.
     *
     * @param within the longest time for which it is needed
     * @return whether this server has it now
     */
    boolean takeTurn(Duration within);

    /** Lets another server have the turn. */
    void endTurn();

    /** Tells the other servers what this one runs, until it says otherwise or its lease ends: {@link ServerStore} shows it. */
    void report(List<ServerModule> modules);

    /** Tells them of one bundle, before jobs of it may be claimed again. */
    void report(ServerModule module);

    /** The roll-outs of versions over the servers. */
    RollOutStore rollOuts();

    /** The jobs that run on any server, external workers excepted, with a task of one of the modules. */
    List<ServerJob> running(Collection<String> modules);

    /**
     * A job on a server.
     *
     * @param server the name of the server
     * @param job the id of the job
     */
    record ServerJob(String server, UUID job) {}
}
