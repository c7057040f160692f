package dev.pawl.testkit;

import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.InitializationException;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.ValidationException;
import dev.pawl.scheduler.artifact.ArtifactPreview;
import dev.pawl.scheduler.run.EndCause;
import dev.pawl.scheduler.run.JobRun;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Phase;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.RunMove;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.Interruption.Kind;
import dev.pawl.testkit.Interruption.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The scripted events of a run in a harness, and the exception that its module threw. Safe for use by several threads. */
final class HarnessScript {

    /** Simulates the death of the process; the module must not catch it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("The test harness ends the run here, as a killed process would.");
        }
    }

    private static final Duration FOREVER = Duration.ofDays(1);

    private final HarnessJob job;
    private final Interruption interruption;
    private final @Nullable Path workDir;
    private final boolean wasEmpty;
    private final List<Path> earlierOutputs;
    private final Map<Phase, Throwable> thrown = new EnumMap<>(Phase.class);
    private @Nullable JobRun run;
    private int checkpoints;
    private int emitted;
    private int callsSinceStop;
    private boolean stopped;
    private boolean migrated;
    private boolean killed;

    HarnessScript(HarnessJob job, Interruption interruption, @Nullable Path workDir, List<Path> earlierOutputs) {
        this.job = job;
        this.interruption = interruption;
        this.workDir = workDir;
        this.wasEmpty = workDir != null && isEmpty(workDir);
        this.earlierOutputs = earlierOutputs;
    }

    HarnessJob job() {
        return job;
    }

    synchronized void begins(JobRun beginning) {
        run = beginning;
    }

    /** Asks the run to stop, as an operator does; harmless before it has begun. */
    void stop() {
        JobRun running;
        synchronized (this) {
            running = run;
            stopped = true;
        }
        if (running != null) {
            running.requestEnd(EndCause.STOP, Duration.ZERO);
        }
    }

    /** Throws if the process is dead. */
    synchronized void live() {
        if (killed) {
            throw new Killed();
        }
    }

    /** Counts an accepted result; called for each of them. */
    void emitted() {
        counted(Place.RESULT);
    }

    /** Counts a checkpoint; called before it is saved. */
    synchronized void saving() {
        checkpoints++;
        if (interruption.is(Kind.PAUSE, Place.CHECKPOINT, checkpoints) && run != null) {
            run.requestEnd(EndCause.SERVER_STOPPING, FOREVER);
        }
        stopAt(Place.CHECKPOINT, checkpoints);
    }

    /** Notes that a checkpoint is saved. */
    void saved() {
        counted(Place.CHECKPOINT);
    }

    private synchronized void counted(Place place) {
        int reached = place == Place.RESULT ? ++emitted : checkpoints;
        if (place == Place.RESULT) {
            stopAt(place, reached);
        }
        if (interruption.is(Kind.KILL, place, reached) && run != null) {
            killed = true;
            job.kill();
            run.keepElapsed(); // makes a write, whose refusal tells the run that it is over
            throw new Killed();
        }
    }

    private void stopAt(Place place, int reached) {
        if (stopped) {
            callsSinceStop++;
        } else if (interruption.is(Kind.STOP, place, reached)) {
            stop();
        }
    }

    /** The number of results that the run has emitted. */
    synchronized int results() {
        return emitted;
    }

    /** The number of checkpoints that the run has saved, or tried to. */
    synchronized int checkpoints() {
        return checkpoints;
    }

    /** The number of results and checkpoints after the job was stopped. */
    synchronized int callsSinceStop() {
        return callsSinceStop;
    }

    synchronized void threw(Phase phase, Throwable what) {
        thrown.putIfAbsent(phase, what);
    }

    synchronized void migrating() {
        migrated = true;
    }

    /** Outputs of tasks that the job would have before this one. */
    List<Path> earlierOutputs() {
        return earlierOutputs;
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> entries = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be read.", e);
        }
    }

    /** Whether the folder was empty before the run. */
    boolean isFreshWorkDir() {
        workDir();
        return wasEmpty;
    }

    Path workDir() {
        if (workDir == null) {
            throw new IllegalStateException("The module needs its work folder; give the harness one with workDir(…).");
        }
        return workDir;
    }

    /** The outcome, with the artifacts that the job leaves when it is over. */
    HarnessRun ended() {
        HarnessRun run = outcome();
        if (workDir == null || run.outcome() == Outcome.PAUSED || run.outcome() == Outcome.KILLED) {
            return run;
        }
        try {
            return run.withArtifacts(ArtifactPreview.of(workDir, 0, HarnessJob.START));
        } catch (IOException e) {
            throw new UncheckedIOException("The artifacts in " + workDir + " cannot be read.", e);
        }
    }

    private synchronized HarnessRun outcome() {
        if (killed) {
            return job.run(Outcome.KILLED, null);
        }
        RunMove move = job.move();
        if (move instanceof RunMove.Failed failed) {
            return failed(failed.failure());
        }
        if (move instanceof RunMove.Stopped) {
            return job.run(Outcome.STOPPED, null);
        }
        return job.run(move instanceof RunMove.Parked ? Outcome.PAUSED : Outcome.COMPLETED, null);
    }

    private HarnessRun failed(Failure failure) {
        Throwable cause = thrown.get(failure.phase());
        if (cause instanceof ProblemException) { // the record refused the inputs, which a server does before the run
            return job.run(Outcome.VALIDATION_FAILED, cause);
        }
        return job.run(outcome(failure.phase()), cause == null ? said(failure) : cause);
    }

    private Outcome outcome(Phase phase) {
        return switch (phase) {
            case INITIALIZE ->
                migrated || !thrown.containsKey(phase) // the runtime refuses the version
                        ? Outcome.MIGRATION_FAILED
                        : Outcome.INITIALIZATION_FAILED;
            case VALIDATE -> Outcome.VALIDATION_FAILED;
            case RUN -> Outcome.RUN_FAILED;
            case CLEANUP -> Outcome.CLEANUP_FAILED;
            case WAIT -> throw new IllegalStateException("A job of the harness waits for no other.");
        };
    }

    /** Converts a failure reported by the runtime itself, such as of a record that refuses its values, to an exception like a module's. */
    private static Throwable said(Failure failure) {
        return switch (failure.phase()) {
            case INITIALIZE -> new InitializationException(failure.message());
            case VALIDATE -> new ValidationException(failure.message());
            case RUN -> new RunException(failure.message());
            case CLEANUP -> new CleanupException(failure.message());
            case WAIT -> new IllegalStateException(failure.message());
        };
    }
}
