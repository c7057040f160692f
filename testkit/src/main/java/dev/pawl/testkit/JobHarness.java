package dev.pawl.testkit;

import dev.pawl.api.module.Module;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.Interruption.Kind;
import dev.pawl.testkit.Interruption.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private Supplier<? extends Module> maker;
    private final HarnessJob job;
    private String version = "0.0.0";
    private Interruption interruption = Interruption.NONE;
    private @Nullable Path workDir;
    private List<Path> roots = List.of();
    private List<Path> earlierOutputs = List.of();
    private volatile @Nullable HarnessScript running;

    private JobHarness(Supplier<? extends Module> maker, HarnessJob job) {
        this.maker = maker;
        this.job = job;
    }

    /** Creates a job of one task. */
    public static JobHarness of(Supplier<? extends Module> maker) {
        return new JobHarness(maker, new HarnessJob());
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
        interruption = new Interruption(Kind.PAUSE, Place.CHECKPOINT, number);
        return this;
    }

    /** Simulates the death of the process in the next run after the result of that number (from 1). */
    public JobHarness killAtEmit(int number) {
        interruption = new Interruption(Kind.KILL, Place.RESULT, number);
        return this;
    }

    /** Simulates the death of the process in the next run after the checkpoint of that number (from 1) is saved. */
    public JobHarness killAtCheckpoint(int number) {
        interruption = new Interruption(Kind.KILL, Place.CHECKPOINT, number);
        return this;
    }

    /** Gives the version of the module, which is kept with its checkpoints; {@code 0.0.0} by default. */
    public JobHarness version(String number) {
        version = Version.parseVersion(number).toString();
        return this;
    }

    /** Updates the module, as {@code pawl module install} does: the next run is by this one, from the checkpoint of the previous. */
    public JobHarness update(Supplier<? extends Module> newer, String number) {
        maker = newer;
        return version(number);
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

    /**
     * Asserts that the job ends with the same results whatever happens: it is run once to its end, and then again and again, killed after
     * each result and each checkpoint, and paused at each checkpoint. Each time it begins with the inputs, documents and work folder of
     * this harness, and goes on until it completes. Files elsewhere are not put back.
     *
     * @param changing members of results that differ from run to run, such as times; they are not compared
     */
    public void resumesExactly(String... changing) {
        new ResumeRehearsal(this, Set.of(changing)).perform();
    }

    /** Asserts that a stop at any result and any checkpoint ends the job: the module lets pass what ends it. */
    public void stopsAtEveryStep() {
        new StopRehearsal(this).perform();
    }

    /**
     * Asserts that another version of the module completes the job from each checkpoint of this one.
     *
     * @param number the version of the other
     */
    public void updatesAtEveryCheckpoint(Supplier<? extends Module> newer, String number) {
        new UpdateRehearsal(this, newer, number).perform();
    }

    /**
     * Asserts that any value of any input is answered: the job completes, or fails with a sentence for people, such as a {@link
     * dev.pawl.api.module.ValidationException}; an exception of another type says that nobody thought of the value. Each input in turn
     * gets empty, long, negative, huge and strange values, beside the others of this harness. A run is stopped after 200 results and
     * checkpoints, or after some seconds.
     */
    public void answersAnyInput() {
        new InputRehearsal(this).perform();
    }

    /**
     * Asserts that inputs and settings are still those of a file that is kept with the sources, since jobs and schedules of users depend
     * on them. The file is written when it is missing, and the test fails that once; delete it to accept a change.
     */
    public void hasSchemaOf(Path file) {
        SchemaSnapshot.of(subject(script(Interruption.NONE))).compare(file);
    }

    /** Runs the job once, from the last checkpoint; a job that a server would refuse is refused. */
    public HarnessRun run() {
        HarnessScript script = script(interruption);
        interruption = Interruption.NONE;
        return run(script);
    }

    /** A script for a run of this job. */
    HarnessScript script(Interruption event) {
        return new HarnessScript(job, event, workDir, earlierOutputs);
    }

    /** The module, made for a run. */
    HarnessSubject subject(HarnessScript script) {
        return HarnessSubject.of(maker, version, script);
    }

    HarnessRun run(HarnessScript script) {
        HarnessServer server = new HarnessServer(job, subject(script), script, roots);
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

    Map<String, Object> givenInputs() {
        return job.inputs();
    }

    Optional<Path> givenWorkDir() {
        return Optional.ofNullable(workDir);
    }

    /** A job like this one, which no run has begun. */
    JobHarness copy(@Nullable Path itsWorkDir) {
        JobHarness copy = new JobHarness(maker, job.copy());
        copy.version = version;
        copy.workDir = itsWorkDir;
        copy.roots = roots;
        copy.earlierOutputs = earlierOutputs;
        return copy;
    }
}
