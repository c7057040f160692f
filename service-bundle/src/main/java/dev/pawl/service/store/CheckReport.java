package dev.pawl.service.store;

import java.util.List;

/**
 * What a check found.
 *
 * @param jobs how many jobs there are
 * @param defects a sentence for each thing that is wrong; empty when the store is sound
 */
public record CheckReport(long jobs, List<String> defects) {

    public CheckReport {
        defects = List.copyOf(defects);
    }

    /** Whether nothing is wrong. */
    public boolean isSound() {
        return defects.isEmpty();
    }
}
