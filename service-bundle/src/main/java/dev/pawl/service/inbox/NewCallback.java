package dev.pawl.service.inbox;

import dev.pawl.service.data.JsonLimits;
import dev.pawl.service.data.TextLimit;
import org.jspecify.annotations.Nullable;

/**
 * A callback as it is sent.
 *
 * @param callbackId the sender's name for it, at most 200 characters; null for none
 * @param source the name of the sender, at most 200 characters; null for none
 * @param status a word for how the work ended, at most 200 characters; null for none
 * @param payload any JSON value but null
 * @param requestKey the key by which the sender repeats it, at most 255 characters; null for none
 */
public record NewCallback(
        @Nullable String callbackId,
        @Nullable String source,
        @Nullable String status,
        Object payload,
        @Nullable String requestKey) {

    public NewCallback {
        require("callback_id", callbackId);
        require("source", source);
        require("status", status);
        long bytes = JsonLimits.bytes(payload);
        if (bytes > CallbackInbox.MOST_BYTES) {
            throw new IllegalArgumentException(
                    "payload has " + bytes + " bytes; it takes at most 1 MiB. Keep large data as documents or files.");
        }
    }

    private static void require(String field, @Nullable String text) {
        if (text != null && text.length() > TextLimit.ID.characters()) {
            throw new IllegalArgumentException(field + " has " + text.length() + " characters; it takes at most "
                    + TextLimit.ID.characters() + ".");
        }
    }
}
