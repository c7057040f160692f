/** Scales and converts pictures, in a process that a picture may take down. */
@NullMarked
package dev.pawl.samples.image;

import org.jspecify.annotations.NullMarked;
