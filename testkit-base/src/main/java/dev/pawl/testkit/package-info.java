/**
 * Parts for tests: a settable clock, a way to wait for conditions, the contract tests for stores and for everything that runs modules, and
 * fakes of the services that an adapter calls.
 */
@NullMarked
package dev.pawl.testkit;

import org.jspecify.annotations.NullMarked;
