/** Measures the real distribution beside a peer: one class for each question, all run by {@link dev.pawl.benchmarks.Benchmarks}. */
@NullMarked
package dev.pawl.benchmarks;

import org.jspecify.annotations.NullMarked;
