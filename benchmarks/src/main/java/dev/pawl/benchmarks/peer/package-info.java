/** What Pawl is measured against. */
@NullMarked
package dev.pawl.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
