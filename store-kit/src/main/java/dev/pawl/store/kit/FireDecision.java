package dev.pawl.store.kit;

import dev.pawl.service.job.DueFire;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.ScheduleStore;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The decision whether a due time gets its job beside an earlier one, and the sentences of the history. */
public final class FireDecision {

    /** The time after which a line of the history is removed. */
    public static final Duration KEPT = Duration.ofDays(90);

    /** The rows by which a history may be longer than is kept, so that not each fire removes one. */
    public static final int SLACK = 100;

    private final DueFire fire;
    private final @Nullable Earlier earlier;

    /**
     * An earlier job of the schedule, which has not ended.
     *
     * @param isRunning whether it has begun
     */
    public record Earlier(UUID id, boolean isRunning) {}

    /**
     * A decision.
     *
     * @param earlier the job that the rule of the fire asks for; null when there is none
     */
    public FireDecision(DueFire fire, @Nullable Earlier earlier) {
        this.fire = fire;
        this.earlier = earlier;
    }

    /** The refusal of a fire whose schedule is not as it was read. */
    public static ProblemException changed(DueFire fire) {
        return new ProblemException(
                ProblemCode.SCHEDULE_CHANGED,
                "The schedule \"" + fire.schedule() + "\" was changed or removed, or has fired, since it was read.");
    }

    /** Whether the job has to wait until earlier ones have ended. */
    public boolean waits() {
        return switch (fire.earlier()) {
            case WAIT_FOR -> earlier != null;
            case YIELD_TO, RUN_BESIDE, STOP -> false;
        };
    }

    /**
     * The earlier job because of which none is added.
     *
     * @param isCrowded whether as many jobs as may wait do so already
     */
    public Optional<UUID> obstacle(boolean isCrowded) {
        return earlier == null || (waits() && !isCrowded) ? Optional.empty() : Optional.of(earlier.id());
    }

    /** The reason for a due time without a job, because of an earlier one, or of one that holds its unique key. */
    public String whyYielded(UUID to) {
        String why;
        if (earlier == null || !earlier.id().equals(to)) {
            why = "Job " + to + " holds the unique key.";
        } else if (waits()) {
            why = ScheduleStore.MOST_WAITING + " jobs of this schedule wait for job " + to + " already.";
        } else {
            why = "Job " + to + " of this schedule " + (earlier.isRunning() ? "is running." : "is waiting.");
        }
        return (fire.detail() + " " + why).strip();
    }
}
