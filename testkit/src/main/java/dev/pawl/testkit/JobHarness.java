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
 * Runs a module in memory and on the calling thread, by the same code that runs it in a server: validate, run, cleanup, each run on an
 * instance of its own and from the checkpoint that the one before saved. What a server refuses, cuts or masks is refused, cut or masked
 * here, in the same words. Results after the last checkpoint are rolled back when a run does not come to its end, and idempotency keys,
 * documents and the work folder stay the same: what a job sees when its server is stopped or killed.
 *
 * <pre>{@code
 * JobHarness job = JobHarness.of(CountModule::new).inputs(Map.of("up_to", 3));
 * job.killAtEmit(2);
 * assertEquals(Outcome.KILLED, job.run().outcome());
 * assertEquals(3, job.run().results().size());
 * }</pre>
 *
 * <p>Inputs and settings are held against the records that {@link dev.pawl.api.module.AutomationModule} names on the module's class. Of a
 * module without it, such as a lambda, they are held against the record that it asks for, when it does. Results, checkpoints and
 * progress are seen as JSON has them: numbers with a point are {@link java.math.BigDecimal}.
 */
public final class JobHarness {

    private final Supplier<? extends Module> maker;
    private final HarnessJob job = new HarnessJob();
    private int pauseAtCheckpoint = Integer.MAX_VALUE;
    private int killAtEmit = Integer.MAX_VALUE;
    private @Nullable Path workDir;
    private List<Path> roots = List.of();

    private JobHarness(Supplier<? extends Module> maker) {
        this.maker = maker;
    }

    /** A job of one task. */
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

    /** Gives the settings by name, as the job's own. */
    public JobHarness settings(Map<String, ?> values) {
        job.settings(values);
        return this;
    }

    /** Gives the settings as the module's record. */
    public JobHarness settings(Record values) {
        job.settings(values);
        return this;
    }

    /** Lets the job begin as if it had saved this before. */
    public JobHarness from(Map<String, ?> saved) {
        job.from(saved, null);
        return this;
    }

    /** The same, saved by another version of the module: the next run gives it to {@link Module#migrate} first. */
    public JobHarness from(Map<String, ?> saved, String version) {
        job.from(saved, Version.parseVersion(version).toString());
        return this;
    }

    /** In the next run, the checkpoint of that number (from 1) is saved and then ends the run. */
    public JobHarness pauseAtCheckpoint(int number) {
        pauseAtCheckpoint = number;
        return this;
    }

    /** In the next run, the process seems to die after the result of that number (from 1). */
    public JobHarness killAtEmit(int number) {
        killAtEmit = number;
        return this;
    }

    /** Gives the job's work folder, such as a {@code @TempDir}. */
    public JobHarness workDir(Path folder) {
        workDir = folder;
        return this;
    }

    /** Gives the folders whose files the module may reach; none unless told, as in a server. */
    public JobHarness roots(Path... folders) {
        roots = List.of(folders);
        return this;
    }

    /** The documents that the module sees as its data. */
    public HarnessData data() {
        return job.data();
    }

    /** Runs it once, from the last checkpoint on; what a server would refuse before it runs is refused. */
    public HarnessRun run() {
        HarnessScript script = new HarnessScript(job, pauseAtCheckpoint, killAtEmit, workDir);
        pauseAtCheckpoint = Integer.MAX_VALUE;
        killAtEmit = Integer.MAX_VALUE;
        HarnessSubject subject = HarnessSubject.of(maker, script);
        HarnessServer server = new HarnessServer(job, subject, script, roots);
        try {
            server.check();
        } catch (ProblemException refused) {
            return job.refused(refused);
        }
        server.run();
        return script.ended();
    }
}
