/** A module whose jobs say when their code began. */
@NullMarked
package dev.pawl.benchmarks.modules.clock;

import org.jspecify.annotations.NullMarked;
