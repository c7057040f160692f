package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.LogStream;
import dev.pawl.cli.client.NoServerException;
import dev.pawl.cli.client.ProblemAnswerException;
import dev.pawl.cli.command.CommandInterruptedException;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.OutputOption;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Screen;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Follows one job to its end, with its log and its progress. After a broken connection it resumes the log after the last entry that it has,
 * since jobs outlive their server.
 */
final class JobFollower {
    /** The interval at which it checks for entries and for an interrupt by the user. */
    private static final Duration TICK = Duration.ofMillis(100);

    private static final Duration LOOK_WHEN_WATCHED = Duration.ofMillis(250);
    private static final Duration LOOK_WHEN_PIPED = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The time for which missing services are tolerated: a server that starts or stops lacks some for a moment. */
    private static final int SERVER_AT_FAULT = 500;

    /** The number of attempts to get the rest of an ended job's log. */
    private static final int MOST_BROKEN = 3;

    /** The ways to show the log. */
    enum Show {
        /** Lines for people. */
        LINES,
        /** Each entry for programs. */
        VALUES,
        /** Nothing. */
        NOTHING
    }

    private final Api api;
    private final Screen screen;
    private final Show show;
    private final OutputOption output;
    private final LogLine lines;
    private final JobProgress progress;
    private final CountDownLatch abandoned = new CountDownLatch(1);
    private final Duration lookPause;
    private long last;
    private long answeredAt;
    private boolean lost;

    /** @param after the number of the last entry that was shown already; 0 for none */
    JobFollower(Api api, Invocation invocation, Show show, long after, OutputOption output) {
        this.output = output;
        this.api = api;
        this.screen = invocation.screen();
        this.show = show;
        this.lines = new LogLine(screen, invocation.times());
        this.progress = new JobProgress(screen, invocation.times());
        this.lookPause = screen.terminal().interactive() ? LOOK_WHEN_WATCHED : LOOK_WHEN_PIPED;
        this.last = after;
    }

    /** Stops following, from another thread; {@link #untilEnd} then throws an exception. */
    void abandon() {
        abandoned.countDown();
    }

    /** Follows the job and returns it in its final state. */
    JsonNode untilEnd(String job)
            throws NoServerException, ProblemAnswerException, InterruptedException, CommandInterruptedException {
        int brokenAfterEnd = 0;
        while (true) {
            try {
                boolean whole = stream(job);
                JsonNode state = look(job);
                if (JobText.isFinal(state) && (whole || ++brokenAfterEnd > MOST_BROKEN)) {
                    screen.clear();
                    return state;
                }
            } catch (NoServerException e) {
                checkAbandoned(Duration.ZERO);
                if (!mayComeBack()) {
                    throw e;
                }
                sayLost();
            } catch (ProblemAnswerException e) {
                checkAbandoned(Duration.ZERO);
                if (e.status() < SERVER_AT_FAULT || !mayComeBack()) {
                    throw e;
                }
                sayLost();
            }
            checkAbandoned(RETRY);
        }
    }

    /** Whether the log came to its end normally. */
    private boolean stream(String job)
            throws NoServerException, ProblemAnswerException, InterruptedException, CommandInterruptedException {
        long lookedAt = System.nanoTime();
        boolean ended = false;
        try (LogStream stream = api.log(job, last)) {
            while (true) {
                Optional<LogStream.Event> event = stream.next(TICK);
                checkAbandoned(Duration.ZERO);
                if (event.isPresent() && !goesOn(event.get())) {
                    return event.get() instanceof LogStream.Ended;
                }
                if (System.nanoTime() - lookedAt > lookPause.toNanos()) {
                    if (ended && event.isEmpty()) {
                        return false; // the end of the stream is missing: a connection can die silently
                    }
                    ended = JobText.isFinal(look(job));
                    lookedAt = System.nanoTime();
                }
            }
        }
    }

    private JsonNode look(String job) throws NoServerException, ProblemAnswerException {
        JsonNode state = api.get("/jobs/" + Api.segment(job)).json();
        answeredAt = System.nanoTime();
        lost = false;
        if (show != Show.VALUES) {
            progress.show(state);
        }
        return state;
    }

    private boolean mayComeBack() {
        return answeredAt != 0 && System.nanoTime() - answeredAt <= PATIENCE.toNanos();
    }

    private void sayLost() {
        if (!lost) {
            screen.note(screen.paint(Colour.YELLOW, "The server is gone; waiting for it to come back …"));
            lost = true;
        }
    }

    private boolean goesOn(LogStream.Event event) throws ProblemAnswerException, CommandInterruptedException {
        if (event instanceof LogStream.Entry entry) {
            last = Math.max(last, entry.json().path("sequence").asLong());
            write(entry);
            return true;
        }
        if (event instanceof LogStream.Refused refused) {
            throw new ProblemAnswerException(refused.status(), "", refused.reason(), "");
        }
        return false; // ended or broken: the job's status shows which
    }

    private void write(LogStream.Entry entry) throws CommandInterruptedException {
        switch (show) {
            case LINES -> lines.write(entry.json());
            case VALUES -> output.writeOneOf(entry.json(), screen);
            case NOTHING -> {
                return;
            }
        }
        if (screen.isClosed()) {
            throw new CommandInterruptedException();
        }
    }

    private void checkAbandoned(Duration patience) throws InterruptedException, CommandInterruptedException {
        if (abandoned.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new CommandInterruptedException();
        }
    }
}
