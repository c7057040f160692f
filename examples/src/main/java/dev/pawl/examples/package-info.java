/** Features of a module, one file each, as a starting point for your own. */
@NullMarked
package dev.pawl.examples;

import org.jspecify.annotations.NullMarked;
