/** Keeps the code of modules from ending the server. */
@NullMarked
package dev.pawl.guard;

import org.jspecify.annotations.NullMarked;
