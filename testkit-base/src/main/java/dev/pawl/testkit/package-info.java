/**
 * Parts for tests: a clock that is set by hand, waiting without sleeping, the suites that every store and every place that runs modules
 * passes, and stand-ins for the services that an adapter calls.
 */
@NullMarked
package dev.pawl.testkit;

import org.jspecify.annotations.NullMarked;
