package dev.pawl.scheduler;

import dev.pawl.scheduler.time.Timers;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Timers that fire when the simulation says so, in the order of their times. Periodic work is left out, since it only watches. */
final class SimulatedTimers implements Timers {

    /** Longer than any world lasts. */
    static final Duration NEVER = Duration.ofDays(1);

    private static final Duration FLUSH_AFTER = Duration.ofMillis(50);

    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::dueNs).thenComparingLong(Timer::number));
    private long nowNs;
    private long made;

    private static final class Timer extends FutureTask<Void> implements ScheduledFuture<Void> {

        private final long dueNs;
        private final long number;

        Timer(long dueNs, long number, Runnable work) {
            super(work, null);
            this.dueNs = dueNs;
            this.number = number;
        }

        long dueNs() {
            return dueNs;
        }

        long number() {
            return number;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNs, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(dueNs, other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    @Override
    public synchronized ScheduledFuture<?> after(Duration delay, Runnable work) {
        Timer timer = new Timer(nowNs + delay.toNanos(), made++, work);
        if (delay.compareTo(NEVER) < 0) {
            timers.add(timer);
        }
        return timer;
    }

    @Override
    public void every(Duration period, Runnable work) {}

    @Override
    public void flushSoon(Runnable flush) {
        var unused = after(FLUSH_AFTER, flush);
    }

    @Override
    public void close() {}

    /** The time that has passed until the last timer fired. */
    synchronized long nanos() {
        return nowNs;
    }

    /** Lets time pass without firing any timer; those that were due meanwhile are late. */
    synchronized void pass(Duration time) {
        nowNs += time.toNanos();
    }

    /** Whether a timer can fire. */
    synchronized boolean isAnySet() {
        timers.removeIf(Timer::isCancelled);
        return !timers.isEmpty();
    }

    /** Fires the next timer; returns the time that passed until then. */
    Duration fireNext() throws Exception {
        Timer next;
        long passedNs;
        synchronized (this) {
            next = timers.remove();
            passedNs = Math.max(0, next.dueNs - nowNs);
            nowNs += passedNs;
        }
        next.run();
        next.get(); // throws what the timer's work threw
        return Duration.ofNanos(passedNs);
    }
}
