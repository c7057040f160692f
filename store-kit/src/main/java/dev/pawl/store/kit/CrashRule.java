package dev.pawl.store.kit;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Decides which job fails because its runs ended with the process too often (ADR 12). */
public final class CrashRule {

    /** The factor for crashes that no trial could attribute to one job: they count half. */
    private static final int UNTRIED = 2;

    private CrashRule() {}

    /**
     * A decision about runs that ended together.
     *
     * @param failing the run whose job fails; null for none
     * @param isCauseKnown whether no other job can have been the cause, so that the crash counts for that run alone
     */
    public record Verdict<T>(@Nullable T failing, boolean isCauseKnown) {}

    /**
     * Decides; at most one job fails.
     *
     * @param crashed the runs that ended with the process
     * @param mostCrashes the number of crashes without progress after which a job fails
     * @param tried whether no other job can have been the cause
     * @param crashes the number of consecutive runs that ended at the same mark
     */
    public static <T> Verdict<T> judge(List<T> crashed, int mostCrashes, Predicate<T> tried, ToIntFunction<T> crashes) {
        Optional<T> cause = crashed.stream()
                .filter(run -> tried.test(run) && crashes.applyAsInt(run) >= mostCrashes)
                .findFirst();
        Optional<T> failing = cause.isPresent()
                ? cause
                : crashed.stream()
                        .filter(run -> crashes.applyAsInt(run) >= UNTRIED * mostCrashes)
                        .findFirst();
        return new Verdict<>(failing.orElse(null), cause.isPresent());
    }
}
