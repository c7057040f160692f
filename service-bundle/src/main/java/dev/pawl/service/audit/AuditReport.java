package dev.pawl.service.audit;

import org.jspecify.annotations.Nullable;

/**
 * The result of verifying the audit log.
 *
 * @param entries how many entries were read
 * @param first the number of the first entry that is kept; 1 more than the last one that was removed for its age
 * @param head the hash of the last entry; noted elsewhere, it proves later that no entry up to this one has changed or gone
 * @param expectedAt the number of the entry that has the expected hash; null when none has it, or none was expected
 * @param broken the number of the first entry that is not as it was written; null when all are
 * @param defect what is wrong; null when nothing is
 */
public record AuditReport(
        long entries,
        long first,
        String head,
        @Nullable Long expectedAt,
        @Nullable Long broken,
        @Nullable String defect) {

    /** Whether no defect was found. */
    public boolean isSound() {
        return defect == null;
    }
}
