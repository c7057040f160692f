package dev.pawl.service.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the audit log, newest first. It may hold fewer entries than requested, even none, and still have a next page, since the work
 * for one page is bounded.
 *
 * @param records the entries
 * @param next the number from which the next page goes on, for {@link AuditFilter#withBefore}; null when there is none
 */
public record AuditPage(List<AuditRecord> records, @Nullable Long next) {

    public AuditPage {
        records = List.copyOf(records);
    }
}
