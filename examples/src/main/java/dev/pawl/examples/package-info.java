/** Features of a module, one file each: what a reader takes as the beginning of an own one. */
@NullMarked
package dev.pawl.examples;

import org.jspecify.annotations.NullMarked;
