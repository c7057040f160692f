package dev.pawl.service.store;

/**
 * How much a job keeps as artifacts.
 *
 * @param files the number of its artifacts
 * @param bytes the size of all of them together
 */
public record ArtifactTotals(long files, long bytes) {

    /** Nothing. */
    public static final ArtifactTotals NONE = new ArtifactTotals(0, 0);
}
