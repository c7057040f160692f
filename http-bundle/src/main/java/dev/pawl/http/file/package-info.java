/** Files as answers: ranges, conditions and names. */
@NullMarked
package dev.pawl.http.file;

import org.jspecify.annotations.NullMarked;
