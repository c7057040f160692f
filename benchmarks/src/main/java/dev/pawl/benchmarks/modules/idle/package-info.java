/** Modules that are there and that nobody asks for, as on a server that is in use. */
@NullMarked
package dev.pawl.benchmarks.modules.idle;

import org.jspecify.annotations.NullMarked;
