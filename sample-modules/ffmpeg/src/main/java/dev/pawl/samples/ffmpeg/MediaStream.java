package dev.pawl.samples.ffmpeg;

import org.jspecify.annotations.Nullable;

/**
 * A stream of a file.
 *
 * @param kind its kind
 * @param codec the name of its codec; null when FFmpeg does not know it
 * @param language its language, such as {@code eng}
 * @param frames the number of its frames, counted by whoever wrote the file, or else estimated from its length
 */
record MediaStream(
        StreamKind kind,
        @Nullable String codec,
        @Nullable String language,
        @Nullable Long frames) {}
