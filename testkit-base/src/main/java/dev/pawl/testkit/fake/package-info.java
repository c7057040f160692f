/** Fakes of the services that adapters call: they record their arguments and do what a test sets. */
@NullMarked
package dev.pawl.testkit.fake;

import org.jspecify.annotations.NullMarked;
