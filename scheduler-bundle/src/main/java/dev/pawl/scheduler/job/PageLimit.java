package dev.pawl.scheduler.job;

/** Range of the number of entries that a page may have. */
final class PageLimit {

    private static final int MOST = 10_000;

    private PageLimit() {}

    static int checked(int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit is " + limit + "; it takes 1 to " + MOST + ".");
        }
        return limit;
    }
}
