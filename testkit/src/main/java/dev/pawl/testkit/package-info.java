/** Parts for tests: the harness that runs a module, and what it is made of; {@code testkit-base} holds those that run none. */
@NullMarked
package dev.pawl.testkit;

import org.jspecify.annotations.NullMarked;
