package dev.pawl.scheduler.job;

import dev.pawl.service.job.Callback;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.notification.CallbackKeys;
import dev.pawl.service.notification.Callbacks;
import org.jspecify.annotations.Nullable;

/**
 * Checks the callback of a request: that there is a key to sign it with, and, while there is a part that delivers callbacks, that its address may be
 * called. Safe for many threads.
 */
public final class CallbackCheck {

    private final CallbackKeys keys;
    private volatile @Nullable Callbacks callbacks;

    public CallbackCheck(CallbackKeys keys) {
        this.keys = keys;
    }

    /** Follows the part that delivers callbacks; null when it is gone. */
    public void judgedBy(@Nullable Callbacks present) {
        callbacks = present;
    }

    /** Refuses a callback that could not be delivered. */
    public void check(JobRequest request) {
        Callback callback = request.callback().orElse(null);
        if (callback != null) {
            Callbacks judge = callbacks;
            if (judge != null) {
                judge.check(callback);
            }
            var unused = keys.key(request); // made or read, so that it is there before the first delivery
        }
    }
}
