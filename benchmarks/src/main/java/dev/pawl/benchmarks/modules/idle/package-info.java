/** Modules that are installed but not used, as on a real server. */
@NullMarked
package dev.pawl.benchmarks.modules.idle;

import org.jspecify.annotations.NullMarked;
