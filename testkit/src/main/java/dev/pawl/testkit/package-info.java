/** The harness that runs a module in tests; {@code testkit-base} contains the parts for tests that run none. */
@NullMarked
package dev.pawl.testkit;

import org.jspecify.annotations.NullMarked;
