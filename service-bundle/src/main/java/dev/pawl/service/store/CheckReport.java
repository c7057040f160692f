package dev.pawl.service.store;

import java.util.List;

/**
 * The result of a check of the store.
 *
 * @param jobs the number of jobs in it
 * @param defects a sentence for each defect; empty when the store is sound
 */
public record CheckReport(long jobs, List<String> defects) {

    public CheckReport {
        defects = List.copyOf(defects);
    }

    /** Whether there is no defect. */
    public boolean isSound() {
        return defects.isEmpty();
    }
}
