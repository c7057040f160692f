package dev.pawl.testkit;

import dev.pawl.api.module.Module;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/**
 * Runs a module in memory and on the calling thread, with the same code as a server: validate, run, cleanup. Each run has an instance of
 * its own and starts from the checkpoint that the previous one saved. Everything that a server refuses, cuts or masks is refused, cut or
 * masked here with the same messages. As when a server is stopped or killed, results after the last checkpoint are rolled back when a run
 * does not end, and idempotency keys, documents and the work folder stay the same.
 *
 * <pre>{@code
 * JobHarness job = JobHarness.of(CountModule::new).inputs(Map.of("up_to", 3));
 * job.killAtEmit(2);
 * assertEquals(Outcome.KILLED, job.run().outcome());
 * assertEquals(3, job.run().results().size());
 * }</pre>
 *
 * <p>Inputs and settings are checked against the records that {@link dev.pawl.api.module.AutomationModule} names on the module's class. For
 * a module without it, such as a lambda, they are checked against the record that it asks for. Results, checkpoints and progress are
 * converted to JSON and back: numbers with a decimal point become {@link java.math.BigDecimal}.
 */
public final class JobHarness {

    private final Supplier<? extends Module> maker;
    private final HarnessJob job = new HarnessJob();
    private int pauseAtCheckpoint = Integer.MAX_VALUE;
    private int killAtEmit = Integer.MAX_VALUE;
    private @Nullable Path workDir;
    private List<Path> roots = List.of();
    private List<Path> earlierOutputs = List.of();
    private volatile @Nullable HarnessScript running;

    private JobHarness(Supplier<? extends Module> maker) {
        this.maker = maker;
    }

    /** Creates a job of one task. */
    public static JobHarness of(Supplier<? extends Module> maker) {
        return new JobHarness(maker);
    }

    /** Gives the inputs by name, in snake_case or as the record spells them. */
    public JobHarness inputs(Map<String, ?> values) {
        job.inputs(values);
        return this;
    }

    /** Gives the inputs as the module's record. */
    public JobHarness inputs(Record values) {
        job.inputs(values);
        return this;
    }

    /** Gives the settings by name: as the job's own, and those that no job can override as an admin configures them. */
    public JobHarness settings(Map<String, ?> values) {
        job.settings(values);
        return this;
    }

    /** Gives the settings as the module's record. */
    public JobHarness settings(Record values) {
        job.settings(values);
        return this;
    }

    /** Starts the job from this checkpoint. */
    public JobHarness from(Map<String, ?> saved) {
        job.from(saved, null);
        return this;
    }

    /** Starts the job from a checkpoint of another version of the module: the next run passes it to {@link Module#migrate} first. */
    public JobHarness from(Map<String, ?> saved, String version) {
        job.from(saved, Version.parseVersion(version).toString());
        return this;
    }

    /** Pauses the next run after its checkpoint of that number (from 1) is saved. */
    public JobHarness pauseAtCheckpoint(int number) {
        pauseAtCheckpoint = number;
        return this;
    }

    /** Simulates the death of the process in the next run after the result of that number (from 1). */
    public JobHarness killAtEmit(int number) {
        killAtEmit = number;
        return this;
    }

    /** Gives the job's work folder, such as a {@code @TempDir}. */
    public JobHarness workDir(Path folder) {
        workDir = folder;
        return this;
    }

    /** Gives the folders whose files the module may access; none by default, as in a server. */
    public JobHarness roots(Path... folders) {
        roots = List.of(folders);
        return this;
    }

    /** Gives the files and folders that earlier tasks of the job would have declared as their outputs; none by default. */
    public JobHarness earlierOutputs(Path... outputs) {
        earlierOutputs = List.of(outputs);
        return this;
    }

    /** Stops the job as an operator does; for use by another thread while {@link #run} is at work, and harmless when it is not. */
    public void stop() {
        HarnessScript script = running;
        if (script != null) {
            script.stop();
        }
    }

    /** The documents that the module sees as its data. */
    public HarnessData data() {
        return job.data();
    }

    /** Runs the job once, from the last checkpoint; a job that a server would refuse is refused. */
    public HarnessRun run() {
        HarnessScript script = new HarnessScript(job, pauseAtCheckpoint, killAtEmit, workDir, earlierOutputs);
        pauseAtCheckpoint = Integer.MAX_VALUE;
        killAtEmit = Integer.MAX_VALUE;
        HarnessSubject subject = HarnessSubject.of(maker, script);
        HarnessServer server = new HarnessServer(job, subject, script, roots);
        try {
            server.check();
        } catch (ProblemException refused) {
            return job.refused(refused);
        }
        running = script;
        server.run();
        running = null;
        return script.ended();
    }
}
