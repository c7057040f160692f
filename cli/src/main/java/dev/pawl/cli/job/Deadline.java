package dev.pawl.cli.job;

import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import org.jspecify.annotations.Nullable;

/** The end of a wait: lets go of the job that is followed when the time is over or the user has had enough. Safe for many threads. */
final class Deadline {
    private final @Nullable Timer timer;
    private @Nullable JobFollower follower;
    private boolean abandoned;
    private boolean over;

    /** @param patience the time from now on; zero for no end */
    Deadline(Duration patience) {
        timer = patience.isZero() ? null : new Timer("pawl-wait", true);
        if (timer != null) {
            timer.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            end();
                        }
                    },
                    patience.toMillis());
        }
    }

    /** Names the follower that is to be let go. */
    synchronized void follow(JobFollower next) {
        follower = next;
        if (abandoned) {
            next.abandon();
        }
    }

    /** Ends the wait. */
    synchronized void abandon() {
        abandoned = true;
        if (follower != null) {
            follower.abandon();
        }
    }

    /** Whether the time is over. */
    synchronized boolean isOver() {
        return over;
    }

    void cancel() {
        if (timer != null) {
            timer.cancel();
        }
    }

    private synchronized void end() {
        over = true;
        abandon();
    }
}
