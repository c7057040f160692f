/** A module whose jobs cost next to nothing, so that the measurement is of the runtime. */
@NullMarked
package dev.pawl.benchmarks.modules.noop;

import org.jspecify.annotations.NullMarked;
