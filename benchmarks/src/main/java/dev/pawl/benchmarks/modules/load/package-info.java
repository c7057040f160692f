/** Modules whose jobs put a load of one kind on the runtime. */
@NullMarked
package dev.pawl.benchmarks.modules.load;

import org.jspecify.annotations.NullMarked;
