package dev.pawl.store.sqlite.move;

import dev.pawl.service.job.Callback;
import dev.pawl.store.kit.RequestJson;
import dev.pawl.store.sqlite.delivery.CallbackBits;
import org.jspecify.annotations.Nullable;

/** The columns of a job that are computed from its request: whether that has a row of its own, and its callback. */
final class RequestColumns {

    /** The length from which on a request has a row of its own, as for jobs that are added. */
    private static final int LONG = 512;

    private RequestColumns() {}

    /**
     * Sets the columns.
     *
     * @param body the request as JSON
     * @param from the place of the first of them
     */
    static void set(String body, @Nullable Object[] values, int from) {
        values[from] = body.length() < LONG ? 0L : 1L;
        Callback callback = body.contains("callback") ? callback(body) : null;
        values[from + 1] = callback == null ? null : CallbackBits.of(callback.events());
        values[from + 2] = callback == null ? null : callback.host();
    }

    private static @Nullable Callback callback(String body) {
        try {
            return RequestJson.read(body).callback().orElse(null);
        } catch (RuntimeException unreadable) { // as a server finds it
            return null;
        }
    }
}
