/** Puts Matroska files together and takes them apart, by the programs of MKVToolNix. */
@NullMarked
package dev.pawl.samples.matroska;

import org.jspecify.annotations.NullMarked;
