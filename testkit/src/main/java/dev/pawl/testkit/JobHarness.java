package dev.pawl.testkit;

import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskCancelledException;
import dev.pawl.api.module.ValidationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/**
 * Runs a module as the runtime would, in memory and on the calling thread: validate, run, cleanup, each run on an instance of its
 * own and from the checkpoint that the one before saved. Results after the last checkpoint are rolled back when a run does not
 * come to its end, and idempotency keys, documents and the work folder stay the same: what a job sees when its server is stopped
 * or killed.
 *
 * <pre>{@code
 * JobHarness job = JobHarness.of(CountModule::new).inputs(Map.of("up_to", 3));
 * job.killAtEmit(2);
 * assertEquals(Outcome.KILLED, job.run().outcome());
 * assertEquals(3, job.run().results().size());
 * }</pre>
 *
 * <p>It checks no schema: inputs are taken as they are, with the defaults of the record.
 */
public final class JobHarness {

    private final Supplier<? extends Module> maker;
    private final HarnessData data = new HarnessData();
    private final List<Map<String, Object>> results = new ArrayList<>();
    private Object inputs = Map.of();
    private Object settings = Map.of();
    private Map<String, Object> checkpoint = Map.of();
    private int pauseAtCheckpoint = Integer.MAX_VALUE;
    private int killAtEmit = Integer.MAX_VALUE;
    private long epoch;
    private @Nullable Path workDir;
    private List<Path> roots = List.of();
    private @Nullable Version savedBy;

    private JobHarness(Supplier<? extends Module> maker) {
        this.maker = maker;
    }

    /** A job of one task. */
    public static JobHarness of(Supplier<? extends Module> maker) {
        return new JobHarness(maker);
    }

    /** Gives the inputs by name, in snake_case or as the record spells them. */
    public JobHarness inputs(Map<String, ?> values) {
        inputs = Map.copyOf(values);
        return this;
    }

    /** Gives the inputs as the module's record. */
    public JobHarness inputs(Record values) {
        inputs = values;
        return this;
    }

    /** Gives the settings by name. */
    public JobHarness settings(Map<String, ?> values) {
        settings = Map.copyOf(values);
        return this;
    }

    /** Gives the settings as the module's record. */
    public JobHarness settings(Record values) {
        settings = values;
        return this;
    }

    /** Lets the job begin as if it had saved this before. */
    public JobHarness from(Map<String, ?> saved) {
        checkpoint = HarnessValues.object("The checkpoint", saved);
        return this;
    }

    /** The same, saved by another version of the module: the next run gives it to {@link Module#migrate} first. */
    public JobHarness from(Map<String, ?> saved, String version) {
        savedBy = Version.parseVersion(version);
        return from(saved);
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
        return data;
    }

    /** Brings the checkpoint of another version into the form of this one; returns what the module threw. */
    private @Nullable Exception migrate(Module module) {
        Version from = savedBy;
        if (from == null) {
            return null;
        }
        try {
            checkpoint = HarnessValues.object("The checkpoint", module.migrate(checkpoint, from));
            savedBy = null;
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    /** Runs it once, from the last checkpoint on. */
    public HarnessRun run() {
        epoch++;
        Module module = maker.get();
        Exception refusal = migrate(module);
        HarnessTask task = new HarnessTask(
                epoch,
                inputs,
                settings,
                checkpoint,
                data,
                this::workDir,
                new HarnessFiles(roots),
                pauseAtCheckpoint,
                killAtEmit);
        pauseAtCheckpoint = Integer.MAX_VALUE;
        killAtEmit = Integer.MAX_VALUE;
        if (refusal != null) {
            return ended(task, HarnessRun.Outcome.MIGRATION_FAILED, refusal);
        }
        HarnessRun.Outcome outcome = HarnessRun.Outcome.COMPLETED;
        Throwable thrown = null;
        try {
            module.validate(task);
            outcome = HarnessRun.Outcome.RUN_FAILED;
            module.run(task);
            outcome = HarnessRun.Outcome.COMPLETED;
        } catch (ValidationException e) {
            outcome = HarnessRun.Outcome.VALIDATION_FAILED;
            thrown = e;
        } catch (HarnessTask.Killed e) {
            outcome = HarnessRun.Outcome.KILLED;
        } catch (TaskCancelledException e) {
            outcome = task.isCancelled() ? HarnessRun.Outcome.PAUSED : outcome;
            thrown = task.isCancelled() ? null : e;
        } catch (Exception e) {
            thrown = e;
        }
        boolean ran = outcome == HarnessRun.Outcome.COMPLETED || outcome == HarnessRun.Outcome.RUN_FAILED;
        if (ran) {
            try {
                module.cleanup(task);
            } catch (CleanupException e) {
                outcome = thrown == null ? HarnessRun.Outcome.CLEANUP_FAILED : outcome;
                thrown = thrown == null ? e : thrown;
            }
        }
        return ended(task, outcome, thrown);
    }

    private HarnessRun ended(HarnessTask task, HarnessRun.Outcome outcome, @Nullable Throwable thrown) {
        boolean parks = outcome == HarnessRun.Outcome.PAUSED || outcome == HarnessRun.Outcome.KILLED;
        results.addAll(task.results(parks));
        checkpoint = task.saved();
        return new HarnessRun(
                outcome, thrown, task.lines(), results, new LinkedHashMap<>(checkpoint), task.percent(), task.info());
    }

    private Path workDir() {
        Path given = workDir;
        if (given == null) {
            throw new IllegalStateException("The module asks for its work folder; give the harness one by workDir(…).");
        }
        return given;
    }
}
