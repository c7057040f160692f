/** The peers against which Pawl is measured. */
@NullMarked
package dev.pawl.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
