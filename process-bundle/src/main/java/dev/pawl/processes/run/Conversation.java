package dev.pawl.processes.run;

import dev.pawl.api.module.LogLevel;
import dev.pawl.api.module.StaleRunException;
import dev.pawl.api.module.TaskCancelledException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.processes.child.Child;
import dev.pawl.processes.protocol.Message;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One phase of a task, as its process does it: takes what the process says in order, until the phase is over or the process is gone. For the
 * task's thread.
 */
final class Conversation {

    /** The name in a checkpoint that says that all work is done; see {@link #finish}. */
    static final String FINISHED = "pawl.finished";

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final long LOOK_MS = 50;

    /** The time in which nothing more comes from a process that is gone, after which nothing is waited for. */
    private static final long EXIT_NS = TimeUnit.SECONDS.toNanos(5);

    private static final int MOST_BROKEN = 20;

    private final ModuleProcess module;
    private final Child child;
    private final TaskContext task;
    private final Phase phase;
    private final StopSteps steps;
    private final TaskWrites writes;
    private final LastOutput last = new LastOutput();
    private final Silence silence;
    private final Remarks remarks = new Remarks(this::say);
    private @Nullable TaskCancelledException leaving;
    private @Nullable Exception failure;
    private boolean done;
    private boolean heard;
    private boolean stays;
    private int broken;
    private long doneAt;

    Conversation(ModuleProcess module, Child child, TaskContext task, Phase phase) {
        this.module = module;
        this.child = child;
        this.task = task;
        this.phase = phase;
        this.steps = new StopSteps(child, module.listens());
        this.writes = new TaskWrites(task, module.keepsResults());
        this.silence = new Silence(module.silence());
    }

    /** Begins the phase with a process that has been told nothing yet. */
    void start() {
        child.send(StartMessage.of(module, task, phase));
        if (!module.listens()) {
            child.endInput();
        }
    }

    /**
     * Goes through the phase.
     *
     * @param livesOn whether the process is to live on when the phase is done
     * @throws TaskCancelledException when the task was asked to end; the process has ended, or is beyond reach
     */
    void listen(boolean livesOn) throws Exception {
        while (!isOver(livesOn)) {
            try {
                Child.Output output = child.take(LOOK_MS);
                remarks.errorLines(output);
                stays |= output.stays();
                heard |= !output.messages().isEmpty();
                for (Message message : output.messages()) {
                    take(message);
                }
                if (leaving == null && failure == null) {
                    guard(writes::idle);
                }
                look(output);
            } catch (InterruptedException e) { // the next step of the server's stop ladder
                guard(task::throwIfCancelled);
                if (leaving == null && failure == null) {
                    failure = phase.failure("The process did not end in its time and is ended.");
                }
                steps.interrupted();
            }
        }
        finish();
    }

    /** Whether the process has said that it takes another task. */
    boolean stays() {
        return stays && done && leaving == null && failure == null;
    }

    /** Whether the process has said anything. */
    boolean heard() {
        return heard;
    }

    private boolean isOver(boolean livesOn) {
        if (livesOn && done && leaving == null && child.isAlive()) {
            return true;
        }
        return (stays() && module.reuses()) || last.isOver();
    }

    /** Looks after the process itself. */
    private void look(Child.Output output) throws InterruptedException {
        long now = System.nanoTime();
        String endedFor = child.endedFor();
        if (endedFor != null && failure == null) {
            fail(endedFor);
        }
        if (leaving == null && failure == null && phase != Phase.CLEANUP && task.isCancelled()) {
            guard(task::throwIfCancelled);
        }
        boolean wrote = !output.messages().isEmpty();
        boolean silent = silence.isTooLong(wrote || !output.errorLines().isEmpty());
        if (silent && !steps.begun() && !done && failure == null && child.isAlive()) {
            fail(silence.sentence());
        }
        steps.advance();
        if (steps.killed()) {
            last.killed();
        }
        if (!child.isAlive()) {
            if (last.gone(wrote)) {
                remarks.leftBehind(child.sweep());
                last.swept();
            }
            if (output.over()) {
                last.over(); // everything was taken
            }
        } else if (output.over() || done) {
            doneAt = doneAt == 0 ? now : doneAt;
            if (module.saysDone() && now - doneAt > EXIT_NS && !steps.begun() && !done) {
                fail("The process closed its output and did not end.");
            } else if (module.saysDone() && now - doneAt > EXIT_NS && !steps.begun()) {
                say(LogLevel.WARNING, "The process still ran 5 s after its end and is ended.");
                steps.hurry();
            }
            child.awaitExit(output.over() ? LOOK_MS : 0);
        }
    }

    private void take(Message message) {
        if (failure != null || (done && !(message instanceof Message.Log || message instanceof Message.Text))) {
            if (failure == null) {
                remarks.late(message);
            }
            return;
        }
        broken = message instanceof Message.Broken ? broken + 1 : 0;
        guard(() -> handle(message));
    }

    private void handle(Message message) throws Exception {
        if (message instanceof Message.Log log) {
            say(log.level(), log.text());
        } else if (message instanceof Message.Text text) {
            say(LogLevel.INFO, text.line());
        } else if (message instanceof Message.Done) {
            done = true;
        } else if (message instanceof Message.Valid) {
            done = phase == Phase.VALIDATE;
        } else if (message instanceof Message.Failed failed) {
            if (!failed.stack().isEmpty()) {
                say(LogLevel.ERROR, failed.stack());
            }
            done = true;
            failure = phase.failure(failed.text());
        } else if (message instanceof Message.Ready ready) {
            if (ready.protocol() != 1) {
                fail("The process speaks version " + ready.protocol()
                        + " of the protocol, and this server version 1; update the one or the other.");
            }
        } else if (message instanceof Message.Unknown unknown) {
            remarks.unknown(unknown);
        } else if (message instanceof Message.Broken line) {
            broken(line);
        } else if (message instanceof Message.TooLong line) {
            fail("The process wrote a line of " + line.bytes()
                    + " bytes; a message has at most 8 MiB. Put what is larger"
                    + " into a file in the folder artifacts of its work folder.");
        } else if (message instanceof Message.Half line) {
            remarks.half(line);
        } else if (leaving == null) {
            work(message);
        }
    }

    /** Takes what only a task that goes on may send. */
    private void work(Message message) throws IOException {
        boolean question = message instanceof Message.Data || message instanceof Message.Ask;
        if (phase != Phase.RUN && !question) {
            remarks.outsideRun(message);
        } else if (message instanceof Message.Result result) {
            writes.result(result.data());
        } else if (message instanceof Message.Progress progress) {
            writes.progress(progress);
        } else if (message instanceof Message.Checkpoint checkpoint) {
            checkpoint(checkpoint);
        } else if (message instanceof Message.Data data) {
            answer(data.id(), Documents.answer(task.data(), data));
        } else if (message instanceof Message.Ask ask) {
            answer(ask.id(), Questions.answer(task, ask));
        }
    }

    private void checkpoint(Message.Checkpoint checkpoint) throws IOException {
        try {
            writes.checkpoint(checkpoint.values());
            answer(checkpoint.id(), Acknowledgement.of(checkpoint.id(), false));
        } catch (TaskCancelledException park) { // it is on disk all the same
            answer(checkpoint.id(), Acknowledgement.of(checkpoint.id(), true));
            leaving = park;
            steps.hurry();
        }
    }

    private void answer(String id, Map<String, ?> message) throws IOException {
        if (!module.listens()) {
            module.answer(task, id, message);
        } else if (!child.send(message)) {
            fail(
                    "The process has not read thousands of answers; a process that sends checkpoints reads its standard input.");
        }
    }

    private void broken(Message.Broken line) {
        say(LogLevel.WARNING, "A line of the process is no message: " + line.why());
        if (broken >= MOST_BROKEN) {
            fail("The process does not speak the protocol: " + MOST_BROKEN
                    + " lines in a row are no messages, the last one: " + line.why());
        }
    }

    private void fail(String sentence) {
        failure = phase.failure(sentence);
        steps.endNow();
    }

    private interface Step {
        void go() throws Exception;
    }

    /** Does something with the task, which may be asked to end by it, or have ended. */
    private void guard(Step step) {
        try {
            step.go();
        } catch (StaleRunException e) { // another run has the job, or it has ended
            leaving = leaving == null ? new TaskCancelledException(String.valueOf(e.getMessage())) : leaving;
            failure = e;
            steps.endNow();
        } catch (TaskCancelledException e) {
            leaving = leaving == null ? e : leaving;
            steps.begin(String.valueOf(e.getMessage()));
        } catch (Exception e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    /** A line of the job's log; one that is to end takes its last lines by the logger of its thread. */
    private void say(LogLevel level, String text) {
        if (leaving == null) {
            try {
                task.log(level, text);
                return;
            } catch (TaskCancelledException e) {
                guard(() -> {
                    throw e;
                });
            }
        }
        switch (level) {
            case DEBUG -> LOG.debug("{}", text);
            case INFO -> LOG.info("{}", text);
            case WARNING -> LOG.warn("{}", text);
            case ERROR -> LOG.error("{}", text);
        }
    }

    /** The end of the phase. */
    private void finish() throws Exception {
        if (failure instanceof StaleRunException stale) {
            throw stale;
        }
        if (leaving == null && failure == null && !done) {
            done = !module.saysDone() && !child.isAlive() && child.exitCode() == 0;
            failure = done
                    ? null
                    : phase.failure(
                            child.isAlive()
                                    ? "The process cannot be ended."
                                    : ExitText.of(child.exitCode(), module.saysDone(), child.lastErrorLines()));
        }
        if (leaving == null && failure == null && phase == Phase.RUN) {
            guard(writes::finish);
        }
        if (leaving != null) {
            throw leaving;
        }
        if (failure != null) {
            throw failure;
        }
    }
}
