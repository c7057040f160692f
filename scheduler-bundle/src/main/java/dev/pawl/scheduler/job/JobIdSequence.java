package dev.pawl.scheduler.job;

import dev.pawl.service.job.JobFilter;
import dev.pawl.service.store.JobStore;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The ids of new jobs: UUIDs of version 8, whose order is roughly that in which they are made. Jobs that come one after the other stand
 * beside each other in the store's index of ids, so that many of them change few of its pages, however many jobs there are. The first eight
 * digits, by which people name jobs, differ among millions of successive ids, and neighbours do not look alike: four digits are the number
 * of a block, and four are scattered within it. All other digits are random; the second half is the
 * same for all jobs of a process, so that whatever lists their ids needs to keep it only once. Safe for many threads.
 */
public final class JobIdSequence {

    /** Jobs of a block: as many as fit a page of the index. */
    private static final int BLOCK = 128;

    private static final int BLOCKS = 1 << 16;

    /** An odd number, whose multiples scatter and do not repeat within the 16 bits of the second four digits. */
    private static final int SCATTER = 0x9E37;

    private static final int BLOCK_SHIFT = 48;
    private static final int PLACE_SHIFT = 32;
    private static final long RANDOM_HIGH = 0xFFFF_0FFFL;
    private static final long VERSION_8 = 0x8000L;
    private static final int DIGITS_16 = 0xFFFF;

    private final AtomicLong next;
    private final long offset;
    private final long secondHalf = UUID.randomUUID().getLeastSignificantBits();

    /**
     * Begins with a block.
     *
     * @param block the number of the first block
     * @param offset moves the places within blocks, so that they differ from those of an earlier process
     */
    JobIdSequence(long block, long offset) {
        next = new AtomicLong(block * BLOCK);
        this.offset = offset;
    }

    /** Continues with the block after that of the newest job. */
    public static JobIdSequence after(JobStore store) {
        long block = store.list(JobFilter.all().withLimit(1)).jobs().stream()
                .findFirst()
                .map(newest -> (newest.id().getMostSignificantBits() >>> BLOCK_SHIFT) + 1)
                .orElse(0L);
        return new JobIdSequence(block, UUID.randomUUID().getLeastSignificantBits());
    }

    UUID next() {
        long number = next.getAndIncrement();
        long block = number / BLOCK % BLOCKS;
        long round = number / BLOCK / BLOCKS; // another place for each job that shares its block with earlier ones
        long place = (number * SCATTER + offset + round) & DIGITS_16;
        long high = block << BLOCK_SHIFT
                | place << PLACE_SHIFT
                | (ThreadLocalRandom.current().nextLong() & RANDOM_HIGH)
                | VERSION_8;
        return new UUID(high, secondHalf);
    }
}
