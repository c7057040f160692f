/** Encodes video and audio files with FFmpeg. */
@NullMarked
package dev.pawl.samples.ffmpeg;

import org.jspecify.annotations.NullMarked;
