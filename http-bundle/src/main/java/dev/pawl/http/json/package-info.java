/** JSON on the wire: strict reading, and writing by hand. */
@NullMarked
package dev.pawl.http.json;

import org.jspecify.annotations.NullMarked;
