/** A module whose jobs cost next to nothing, so that what is measured is the runtime. */
@NullMarked
package dev.pawl.benchmarks.modules.noop;

import org.jspecify.annotations.NullMarked;
