package dev.pawl.scheduler.run;

import dev.pawl.api.module.LogLevel;
import dev.pawl.scheduler.schema.DurationText;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.store.RunMove;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the runtime says in a job's log when a run ends.
 *
 * @param level null when there is nothing to say
 */
record EndLine(@Nullable LogLevel level, String text) {

    private static final EndLine NOTHING = new EndLine(null, "");

    static EndLine of(RunMove move, @Nullable EndCause cause) {
        if (move instanceof RunMove.Failed failed) {
            return new EndLine(LogLevel.ERROR, sentence(failed.failure()));
        }
        if (move instanceof RunMove.Parked parked) {
            Failure failure = parked.failure();
            if (parked.reason() == ParkReason.RETRY && failure != null) {
                return new EndLine(
                        LogLevel.WARNING, sentence(failure) + " The next attempt is at " + parked.dueAt() + ".");
            }
            return cause == null ? NOTHING : new EndLine(LogLevel.INFO, cause.sentence());
        }
        return NOTHING;
    }

    /** The thread would not end. */
    static EndLine givenUp(Duration limit) {
        return new EndLine(
                LogLevel.ERROR,
                "The thread did not end within " + DurationText.exact(limit)
                        + " of being interrupted and was given up; nothing it does from now on is saved.");
    }

    private static String sentence(Failure failure) {
        String message = failure.message();
        return "Failed in " + failure.phase().wireName() + " of task " + (failure.taskIndex() + 1) + " ("
                + failure.module() + "): " + message + (message.endsWith(".") ? "" : ".");
    }
}
