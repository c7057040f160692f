/** Inner parts of the server without the server around them, measured by JMH beside what a plain library takes for the same. */
@NullMarked
package dev.pawl.benchmarks.inner;

import org.jspecify.annotations.NullMarked;
