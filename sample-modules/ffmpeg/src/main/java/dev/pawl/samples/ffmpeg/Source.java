package dev.pawl.samples.ffmpeg;

import java.nio.file.Path;

/**
 * A file to read.
 *
 * @param text the input as it was given
 * @param path the real path
 * @param early whether it can be examined before the job begins; else an earlier task makes it
 */
record Source(String text, Path path, boolean early) {}
