/**
 * Parts for tests: a harness that runs a module, a clock that is set by hand, waiting without sleeping, the suites that every store
 * passes, and stand-ins for the services that an adapter calls.
 */
@NullMarked
package dev.pawl.testkit;

import org.jspecify.annotations.NullMarked;
