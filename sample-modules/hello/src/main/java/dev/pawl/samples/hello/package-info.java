/** A first module to run. */
@NullMarked
package dev.pawl.samples.hello;

import org.jspecify.annotations.NullMarked;
