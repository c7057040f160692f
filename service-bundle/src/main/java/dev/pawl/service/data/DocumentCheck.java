package dev.pawl.service.data;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** Judges a document before it is replaced or deleted. Called within the store's transaction: it must not block. */
@FunctionalInterface
@ConsumerType
public interface DocumentCheck {

    /** Accepts any document, and that there is none. */
    DocumentCheck NONE = present -> {};

    /**
     * Accepts the change by returning.
     *
     * @param present the document as it is; null when there is none
     * @throws RuntimeException to refuse the change, which then fails with this exception
     */
    void check(@Nullable String present);
}
