/** Conversion of files of records, however large. */
@NullMarked
package dev.pawl.samples.transform;

import org.jspecify.annotations.NullMarked;
