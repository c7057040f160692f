package dev.pawl.cli.event;

import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.EventStream;
import dev.pawl.cli.client.JsonTrees;
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

/** Follows a stream of events, and goes on where it was when the connection has broken or the server was started anew. */
final class EventFollower {
    /** The interval at which it checks for events and for an interrupt by the user. */
    private static final Duration TICK = Duration.ofMillis(100);

    private static final Duration RETRY = Duration.ofMillis(500);

    /** The time for which a server may be gone, as while it is started anew. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The first status that is not the fault of the request: a server that starts or stops lacks parts for a moment. */
    private static final int SERVER_AT_FAULT = 500;

    private final Api api;
    private final Screen screen;
    private final OutputOption output;
    private final EventLine lines;
    private final CountDownLatch abandoned = new CountDownLatch(1);
    private String lastId = "";
    private long heardAt;
    private boolean lost;

    EventFollower(Api api, Invocation invocation, OutputOption output) {
        this.api = api;
        this.screen = invocation.screen();
        this.output = output;
        this.lines = new EventLine(screen, invocation.times());
    }

    /** Stops following, from another thread; {@link #untilEnd} then throws an exception. */
    void abandon() {
        abandoned.countDown();
    }

    /** Follows a stream to its end; returns where its job stands then, or an empty text when that was removed. */
    String untilEnd(String path)
            throws NoServerException, ProblemAnswerException, InterruptedException, CommandInterruptedException {
        while (true) {
            try {
                Optional<String> outcome = stream(path);
                if (outcome.isPresent()) {
                    return outcome.get();
                }
                sayLost();
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

    /** Shows the events of one connection; returns the outcome of the job when it has ended, and nothing when the server has ended it. */
    private Optional<String> stream(String path)
            throws NoServerException, ProblemAnswerException, InterruptedException, CommandInterruptedException {
        try (EventStream stream = api.events(path, lastId)) {
            while (!stream.isOver()) {
                Optional<EventStream.Event> next = stream.next(TICK);
                checkAbandoned(Duration.ZERO);
                if (!stream.lastId().isEmpty()) {
                    heard();
                }
                if (next.isPresent()) {
                    EventStream.Event event = next.get();
                    lastId = event.id();
                    show(event);
                    if (event.name().equals("end") && isOfJob(event)) {
                        screen.flush();
                        return Optional.of(JsonTrees.text(event.data(), "status"));
                    }
                } else {
                    screen.flush();
                    goOnAfter(stream);
                }
            }
            goOnAfter(stream);
            return Optional.empty();
        }
    }

    /** Notes the id of a heartbeat, which comes after all events that were shown. */
    private void goOnAfter(EventStream stream) {
        lastId = stream.lastId().isEmpty() ? lastId : stream.lastId();
    }

    private static boolean isOfJob(EventStream.Event event) {
        return JsonTrees.text(event.data(), "reason").startsWith("job_");
    }

    private void show(EventStream.Event event) throws CommandInterruptedException {
        if (event.name().equals("reset")) {
            screen.note(screen.paint(
                    Colour.YELLOW, "Some events are missing here: " + JsonTrees.text(event.data(), "sentence")));
        }
        if (output.isForPrograms()) {
            output.writeOneOf(
                    JsonTrees.object()
                            .put("event", event.name())
                            .put("id", event.id())
                            .set("data", event.data()),
                    screen);
        } else if (output.isQuiet()) {
            lines.subject(event).ifPresent(screen::line);
        } else {
            lines.write(event);
        }
        if (screen.isClosed()) {
            throw new CommandInterruptedException();
        }
    }

    private void heard() {
        heardAt = System.nanoTime();
        if (lost) {
            lost = false;
            screen.note("The server is back.");
        }
    }

    private boolean mayComeBack() {
        return heardAt != 0 && System.nanoTime() - heardAt <= PATIENCE.toNanos();
    }

    private void sayLost() {
        if (!lost) {
            lost = true;
            screen.note(screen.paint(Colour.YELLOW, "The server is gone; waiting for it to come back …"));
        }
    }

    private void checkAbandoned(Duration patience) throws InterruptedException, CommandInterruptedException {
        if (abandoned.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new CommandInterruptedException();
        }
    }
}
