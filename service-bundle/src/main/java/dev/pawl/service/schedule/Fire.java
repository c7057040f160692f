package dev.pawl.service.schedule;

import dev.pawl.service.data.TextLimit;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A due time in the history of a schedule, or several that were missed in a row.
 *
 * @param dueAt the due time, without jitter; of several the last one
 * @param firedAt the time at which it got its job or its reason
 * @param job the job that was added; null when none was
 * @param outcome the outcome
 * @param detail the reason why there is no job, or what is special about it; often empty; cut to {@link TextLimit#REASON}
 */
public record Fire(Instant dueAt, Instant firedAt, @Nullable UUID job, FireOutcome outcome, String detail) {

    public Fire {
        detail = TextLimit.REASON.kept(detail);
    }
}
