/** Encodes video and sound with HandBrakeCLI. */
@NullMarked
package dev.pawl.samples.handbrake;

import org.jspecify.annotations.NullMarked;
