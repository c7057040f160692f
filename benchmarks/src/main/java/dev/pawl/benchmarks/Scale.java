package dev.pawl.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * The size of a run of the benchmarks.
 *
 * @param isQuick whether it only shows that every row can be measured; its figures say nothing
 * @param isLarge whether it includes what takes hours and tens of gigabytes
 * @param given the number of jobs or rounds on the command line, which replaces a benchmark's first size
 */
record Scale(boolean isQuick, boolean isLarge, @Nullable Integer given) {

    /** A benchmark's first size: the given one when there is one. */
    int first(int quick, int usual) {
        return given != null ? given : size(quick, usual);
    }

    /** A size for a quick run or the usual one. */
    int size(int quick, int usual) {
        return isQuick ? quick : usual;
    }
}
