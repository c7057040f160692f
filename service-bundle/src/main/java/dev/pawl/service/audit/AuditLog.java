package dev.pawl.service.audit;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps the audit log: entries in the order in which they were committed, each with the hash of the one before. Safe for use by several
 * threads. {@code AuditLogContract} in testkit-base states as tests what every implementation must do. Errors and the visibility of changes
 * are those of {@link dev.pawl.service.store.JobStore}.
 */
@ProviderType
public interface AuditLog {

    /** Appends entries that belong to no change of the store, such as refusals; they are on disk when the future completes. */
    CompletionStage<Void> append(List<AuditEntry> entries);

    /** A page of the entries that a filter selects. */
    AuditPage page(AuditFilter filter);

    /** The entries after a number in order, at most {@code limit} (1 to 10,000); fewer when there are no more. */
    List<AuditRecord> after(long number, int limit);

    /**
     * Reads the whole log and checks every hash.
     *
     * @param expected the hash of an entry that must be there, 64 hexadecimal digits; null when none is expected
     */
    AuditReport verify(@Nullable String expected);

    /**
     * Removes entries that are older than a time, except some that younger ones follow closely. The hash of the last removed one is kept, so
     * that the rest can still be verified, and the removal is an entry itself.
     *
     * @param removal the entry for it, whose target and detail the store fills in; it is not added when nothing is removed
     * @return how many were removed
     */
    CompletionStage<Long> removeBefore(Instant time, AuditEntry removal);

    /**
     * Removes the oldest entries of a log that takes more space than it may, as {@link #removeBefore} does. Blocks while it measures the log.
     *
     * @param bytes the space on disk, at least 1
     * @return how many were removed
     */
    CompletionStage<Long> removeBeyond(long bytes, AuditEntry removal);
}
