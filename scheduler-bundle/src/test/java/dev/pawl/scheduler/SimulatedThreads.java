package dev.pawl.scheduler;

import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.scheduler.run.JobRun;
import dev.pawl.scheduler.run.RunThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Threads for runs, of which only one moves at a time, from gate to gate, when the simulation says so. A module passes a gate before each
 * action. Between two gates a run may have to wait for a write; it continues once that write is on disk.
 */
final class SimulatedThreads implements RunThreads {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final long LOOK_AGAIN_US = 50;

    private final List<Actor> actors = new ArrayList<>();
    private volatile boolean dead;

    private enum Place {
        AT_GATE,
        MOVING,
        DONE
    }

    /** A run and its thread. */
    static final class Actor {

        private final JobRun run;
        private final Semaphore go = new Semaphore(0);
        private final Thread thread;
        private volatile Place place = Place.AT_GATE;
        private volatile boolean gone;
        private final Semaphore arrived = new Semaphore(0);
        private boolean waiting;

        Actor(JobRun run) {
            this.run = run;
            this.thread = new Thread(this::live, "simulated-run");
            thread.setDaemon(true);
        }

        JobRun run() {
            return run;
        }

        boolean isAtGate() {
            return place == Place.AT_GATE;
        }

        boolean isDone() {
            return place == Place.DONE;
        }

        /** Whether the run has ended without waiting for this thread. */
        boolean isGivenUp() {
            return run.ended().isDone();
        }

        /** Whether the run waits for a write. */
        boolean isWaiting() {
            return waiting;
        }

        private void live() {
            go.acquireUninterruptibly();
            gone = true;
            try {
                run.run();
            } finally {
                place = Place.DONE;
                arrived.release();
            }
        }

        private void pass() {
            place = Place.AT_GATE;
            arrived.release();
            go.acquireUninterruptibly();
            gone = true;
        }
    }

    @Override
    public void start(JobRun run) {
        Actor actor = new Actor(run);
        actors.add(actor);
        actor.thread.start();
    }

    @Override
    public void forget(ModuleVersion version) {}

    @Override
    public void close() {}

    /** The module's thread waits here until it is its turn. */
    void gate(long epoch, String job) throws InterruptedException {
        Thread current = Thread.currentThread();
        for (Actor actor : List.copyOf(actors)) {
            if (actor.thread == current) {
                actor.pass();
            }
        }
        if (dead) {
            throw new SimulatedDeath();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("Run " + epoch + " of job " + job + " was interrupted.");
        }
    }

    /** The runs that have not ended, in the order in which they began. */
    List<Actor> live() {
        actors.removeIf(Actor::isDone);
        return actors;
    }

    /** Lets an actor continue to its next gate, to its end, or until it waits for a write. */
    void step(Actor actor) {
        actor.place = Place.MOVING;
        actor.gone = false;
        actor.go.release();
        actor.waiting = !await(actor, () -> actor.gone && actor.thread.getState() == Thread.State.WAITING);
    }

    /** Lets an actor whose wait is over continue to its next gate or to its end. */
    void resume(Actor actor) {
        actor.waiting = !await(actor, () -> false);
    }

    /** Ends all threads, as the end of the process does. */
    void die() {
        dead = true;
        for (Actor actor : List.copyOf(actors)) {
            while (!actor.isDone()) {
                if (actor.isAtGate()) {
                    step(actor);
                } else {
                    resume(actor);
                }
            }
        }
    }

    private interface Condition {
        boolean holds();
    }

    /** Waits until the actor arrives at a gate or at its end; false when the condition holds first. */
    private static boolean await(Actor actor, Condition waits) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!actor.arrived.tryAcquire(LOOK_AGAIN_US, TimeUnit.MICROSECONDS)) {
                if (waits.holds() && actor.place == Place.MOVING) { // only the simulation can wake it now
                    return false;
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new AssertionError("The run of job " + actor.run.job().id() + " does not go on: "
                            + List.of(actor.thread.getStackTrace()));
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
