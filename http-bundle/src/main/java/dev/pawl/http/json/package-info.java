/** JSON on the wire: strict parsing, and writing from declared shapes. */
@NullMarked
package dev.pawl.http.json;

import org.jspecify.annotations.NullMarked;
