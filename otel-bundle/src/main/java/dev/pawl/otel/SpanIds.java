package dev.pawl.otel;

import dev.pawl.service.job.Phase;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The ids of spans. Those of a job follow from the job's id, so that nothing is kept for them: a task knows its span before it is exported,
 * and a later process finds the same ids.
 */
final class SpanIds {

    /** The parts of a run that have a span; tasks and phases follow. */
    private static final int QUEUE = 0;

    private static final int RUN = 1;
    private static final int TASKS = 2;

    private static final int SPANS_A_TASK = 5;

    private SpanIds() {}

    static String queue(UUID job, long epoch) {
        return of(job, epoch, QUEUE);
    }

    static String run(UUID job, long epoch) {
        return of(job, epoch, RUN);
    }

    static String task(UUID job, long epoch, int taskIndex) {
        return of(job, epoch, TASKS + (long) taskIndex * SPANS_A_TASK);
    }

    static String phase(UUID job, long epoch, int taskIndex, Phase phase) {
        return of(job, epoch, TASKS + (long) taskIndex * SPANS_A_TASK + part(phase));
    }

    /** Ids must stay the same in later versions. */
    private static int part(Phase phase) {
        return switch (phase) {
            case INITIALIZE -> 1;
            case VALIDATE -> 2;
            case RUN -> 3;
            case CLEANUP -> 4;
            case WAIT -> throw new IllegalArgumentException("A job that waits for another has no spans.");
        };
    }

    /** An id of a span that belongs to no run. */
    static String random() {
        return hex(ThreadLocalRandom.current().nextLong());
    }

    /** An id of a trace that begins here. */
    static String randomTrace() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return hex(random.nextLong()) + hex(random.nextLong());
    }

    private static String of(UUID job, long epoch, long part) {
        return hex(mixed(
                mixed(mixed(mixed(job.getMostSignificantBits()) + job.getLeastSignificantBits()) + epoch) + part));
    }

    /** Zero is no id. */
    private static String hex(long id) {
        return HexFormat.of().toHexDigits(id == 0 ? 1 : id);
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014). */
    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
