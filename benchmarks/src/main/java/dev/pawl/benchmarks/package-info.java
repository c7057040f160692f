/** Measures the real distribution beside a peer: one class with a main method for each question. */
@NullMarked
package dev.pawl.benchmarks;

import org.jspecify.annotations.NullMarked;
