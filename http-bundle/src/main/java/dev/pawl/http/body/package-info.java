/** Shapes of request bodies, each of which is read and described in one place. */
@NullMarked
package dev.pawl.http.body;

import org.jspecify.annotations.NullMarked;
