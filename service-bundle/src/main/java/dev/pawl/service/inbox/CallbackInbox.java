package dev.pawl.service.inbox;

import dev.pawl.service.data.JsonLimits;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps callbacks that programs outside send, until somebody removes them or they are too old. Safe for use by several threads. Reads block for
 * a short read of the store. A future completes after the change is on disk. Every error is a {@link
 * dev.pawl.service.problem.ProblemException}, thrown or through the future; that of an id that no callback has is {@code NOT_IN_INBOX}.
 */
@ProviderType
public interface CallbackInbox {

    /** The greatest number of callbacks on a page. */
    int MOST_ON_PAGE = 1_000;

    /** The most bytes of JSON in a payload. */
    int MOST_BYTES = JsonLimits.MOST_BYTES;

    /** Keeps a callback. When a hook has its source, the hook's job is started in the same transaction. */
    CompletionStage<CallbackReceipt> receive(NewCallback callback);

    /** A page of callbacks, the latest first; fewer than the limit when they are large. */
    List<ReceivedCallback> list(CallbackFilter filter);

    /** One callback. */
    ReceivedCallback get(UUID id);

    /** Removes a callback. */
    CompletionStage<Void> remove(UUID id);
}
