/** Fakes of the services that adapters call: they keep what they are given and do what a test says. */
@NullMarked
package dev.pawl.testkit.fake;

import org.jspecify.annotations.NullMarked;
