/** A module whose jobs report when their code began to run. */
@NullMarked
package dev.pawl.benchmarks.modules.clock;

import org.jspecify.annotations.NullMarked;
