/** JSON on the wire: strict parsing and bounded writing of values. */
@NullMarked
package dev.pawl.http.json;

import org.jspecify.annotations.NullMarked;
