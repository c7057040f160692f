/** Parts for tests: a harness that runs a module, a clock that is set by hand, waiting without sleeping, and the suites that every store passes. */
@NullMarked
package dev.pawl.testkit;

import org.jspecify.annotations.NullMarked;
