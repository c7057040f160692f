/** Checks a module while bnd packs it. */
@NullMarked
package dev.pawl.verifier;

import org.jspecify.annotations.NullMarked;
