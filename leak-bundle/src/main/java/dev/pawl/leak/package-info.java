/** Looks whether the class loaders of modules that went are gone as well, and what keeps those that are not. */
@NullMarked
package dev.pawl.leak;

import org.jspecify.annotations.NullMarked;
