package dev.pawl.store.sqlite.delivery;

import dev.pawl.service.job.Callback;
import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.job.JobRequest;
import java.util.Set;

/** Sets of events as the bits of a column. */
public final class CallbackBits {

    /** The bits of a job without a callback. */
    public static final int NONE = 0;

    private CallbackBits() {}

    /** The bits for the callback of a request. */
    public static int of(JobRequest request) {
        return request.callback().map(Callback::events).map(CallbackBits::of).orElse(NONE);
    }

    /** The bits of some events. */
    public static int of(Set<CallbackEvent> events) {
        return events.stream().mapToInt(CallbackBits::of).sum();
    }

    static int of(CallbackEvent event) {
        return switch (event) {
            case RUNNING -> 1;
            case COMPLETED -> 2;
            case FAILED -> 4;
            case STOPPED -> 8;
        };
    }
}
