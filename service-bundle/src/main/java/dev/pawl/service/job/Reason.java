package dev.pawl.service.job;

import dev.pawl.service.data.TextLimit;
import org.jspecify.annotations.Nullable;

/**
 * The answer to "why is my job not running?".
 *
 * @param code the code, for programs
 * @param sentence the explanation for people, such as "Queued behind 3 jobs.", cut to {@link TextLimit#REASON}
 * @param unblockedBy what would let it run, cut to the same limit
 * @param position its place in the queue, from 1; null when it is not waiting
 */
public record Reason(
        ReasonCode code,
        String sentence,
        String unblockedBy,
        @Nullable Integer position) {

    public Reason {
        sentence = TextLimit.REASON.kept(sentence);
        unblockedBy = TextLimit.REASON.kept(unblockedBy);
    }
}
