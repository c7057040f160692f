package dev.pawl.service.job;

import org.jspecify.annotations.Nullable;

/**
 * A request for a job with the way in which it is to be taken.
 *
 * @param request the request
 * @param allInstalled whether a module that is not installed here is refused; otherwise the job waits for a worker that has it
 * @param key the key under which the answer is kept, in the transaction that adds the job; null to keep none
 * @param fire the due time of a schedule for which the job is requested, whose secrets are sealed then; null when there is none
 * @param delivery the call of a hook for which the job is requested, whose secrets are sealed then; null when there is none
 */
public record Submission(
        JobRequest request,
        boolean allInstalled,
        @Nullable RequestKey key,
        @Nullable DueFire fire,
        @Nullable HookDelivery delivery) {

    /** A request for modules that are installed here. */
    public static Submission of(JobRequest request) {
        return new Submission(request, true, null, null, null);
    }

    /** A request for modules that may be installed elsewhere. */
    public static Submission ofAnyModule(JobRequest request) {
        return new Submission(request, false, null, null, null);
    }

    /** A request that a schedule makes, as {@link Scheduler#kept} returned it. */
    public static Submission of(JobRequest kept, DueFire fire) {
        return new Submission(kept, false, null, fire, null);
    }

    /** A request that a hook makes, as {@link Scheduler#kept} returned it. */
    public static Submission of(JobRequest kept, HookDelivery delivery) {
        return new Submission(kept, false, null, null, delivery);
    }

    /** Whether the request is one that was kept, with its secrets sealed. */
    public boolean isKept() {
        return fire != null || delivery != null;
    }

    /** The same request, whose answer is kept. */
    public Submission withKey(RequestKey kept) {
        return new Submission(request, allInstalled, kept, fire, delivery);
    }
}
