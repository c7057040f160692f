package dev.pawl.store.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The news of jobs that wait for others, gathered while a transaction is made. Used by the writer's thread alone. */
public final class WaitNews {

    private static final Told NOTHING = new Told(List.of(), false);

    private List<UUID> failed = new ArrayList<>();
    private boolean isTimed;

    /** No news. */
    public WaitNews() {}

    /** A job fails, since another has not ended as it had to. */
    public void failed(UUID job) {
        failed.add(job);
    }

    /** A job waits for a time from now on, and for no other job. */
    public void timed() {
        isTimed = true;
    }

    /** Takes what the consumer is to be told, once it is on disk. */
    public Told told() {
        if (failed.isEmpty() && !isTimed) {
            return NOTHING;
        }
        Told told = new Told(failed, isTimed);
        forget();
        return told;
    }

    /** The transaction is undone. */
    public void forget() {
        failed = new ArrayList<>();
        isTimed = false;
    }

    /**
     * The news of a transaction.
     *
     * @param failed the jobs that failed
     * @param isTimed whether one waits for a time now
     */
    public record Told(List<UUID> failed, boolean isTimed) {

        boolean isNothing() {
            return failed.isEmpty() && !isTimed;
        }
    }
}
