package dev.pawl.deploy;

import dev.pawl.deploy.change.Following;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.SharedDeployments;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** The turn of this server to change modules among those that share its store. Whoever has it has followed all changes before. */
final class ServerTurn {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Duration ASKED_AGAIN = Duration.ofMillis(100);

    private final SharedDeployments shared;
    private final Following following;

    ServerTurn(SharedDeployments shared, Following following) {
        this.shared = shared;
        this.following = following;
    }

    /** Makes a change when no other server is making one. */
    <T> T make(Supplier<T> change) {
        long beganNs = System.nanoTime();
        while (!shared.takeTurn()) {
            if (System.nanoTime() - beganNs > LONGEST_WAIT.toNanos()) {
                throw new ProblemException(
                        ProblemCode.MODULES_BUSY,
                        "Another server has been changing modules for " + LONGEST_WAIT.toSeconds() + " s.");
            }
            LockSupport.parkNanos(ASKED_AGAIN.toNanos());
        }
        try {
            following.follow();
            return change.get();
        } finally {
            end();
        }
    }

    /** Follows the changes of other servers, unless one of them is at it. */
    void follow() {
        if (!following.isBehind()) {
            following.report();
        } else if (shared.takeTurn()) {
            try {
                following.follow();
            } finally {
                shared.endTurn();
            }
        }
    }

    private void end() {
        try {
            following.report();
        } finally {
            shared.endTurn();
        }
    }
}
