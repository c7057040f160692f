/** Pages that are made of the code, so that they cannot differ from it. */
@NullMarked
package dev.pawl.manual.reference;

import org.jspecify.annotations.NullMarked;
