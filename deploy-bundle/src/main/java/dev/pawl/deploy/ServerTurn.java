package dev.pawl.deploy;

import dev.pawl.deploy.change.Following;
import dev.pawl.deploy.change.RollOutSteps;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.SharedDeployments;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The turn of this server to change modules among those that share its store. Whoever has it has followed all changes before. */
final class ServerTurn {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Duration ASKED_AGAIN = Duration.ofMillis(100);

    /** Longer than a server takes to follow, and to make any change, when it does not hang. */
    private static final Duration LONGEST_FOLLOWING = Duration.ofMinutes(15);

    private static final Duration LONGEST_CHANGE = Duration.ofMinutes(75);
    private static final Logger LOG = LoggerFactory.getLogger(ServerTurn.class);

    private final SharedDeployments shared;
    private final Following following;
    private final RollOutSteps steps;
    private final Runnable othersChanged;

    /** @param othersChanged is run in the turn once anything was followed: a deployment, or the end of a roll-out */
    ServerTurn(SharedDeployments shared, Following following, RollOutSteps steps, Runnable othersChanged) {
        this.shared = shared;
        this.following = following;
        this.steps = steps;
        this.othersChanged = othersChanged;
    }

    /** Makes a change when no other server is making one. */
    <T> T make(Supplier<T> change) {
        long beganNs = System.nanoTime();
        while (!shared.takeTurn(LONGEST_CHANGE)) {
            if (System.nanoTime() - beganNs > LONGEST_WAIT.toNanos()) {
                throw new ProblemException(
                        ProblemCode.MODULES_BUSY,
                        "Another server has been changing modules for " + LONGEST_WAIT.toSeconds() + " s.");
            }
            LockSupport.parkNanos(ASKED_AGAIN.toNanos());
        }
        try {
            followAll();
            T made = change.get();
            followAgain();
            return made;
        } finally {
            end();
        }
    }

    /** Leaves the steps of this server in roll-outs, since it stops. */
    void leave() {
        steps.leave();
    }

    /** Runs what a change has ended on this server too; that it is made does not depend on it. */
    private void followAgain() {
        try {
            steps.tend();
            followAll();
        } catch (RuntimeException e) {
            LOG.debug("What is current is followed later.", e);
        }
    }

    /** Looks at roll-outs, and takes the step of this server in them, and follows the changes of others, unless one of them is at it. */
    void follow() {
        steps.tend();
        if (!steps.areNext() && !following.isBehind()) {
            following.report();
        } else if (shared.takeTurn(LONGEST_FOLLOWING)) {
            try {
                steps.take();
                followAll();
            } finally {
                shared.endTurn();
            }
        }
    }

    /** Follows what was changed, by this server too: a roll-out may have ended in the midst of a change that was refused for it. */
    private void followAll() {
        if (following.follow()) {
            othersChanged.run();
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
