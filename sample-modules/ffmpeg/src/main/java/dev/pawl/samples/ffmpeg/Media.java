package dev.pawl.samples.ffmpeg;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a media file.
 *
 * @param seconds its length; null when it is not known
 * @param streams its streams, in order
 */
record Media(@Nullable Double seconds, List<MediaStream> streams) {

    Media {
        streams = List.copyOf(streams);
    }

    /** The streams of a kind, or all of them. */
    List<MediaStream> streams(@Nullable StreamKind kind) {
        Stream<MediaStream> all = streams.stream();
        return (kind == null ? all : all.filter(stream -> stream.kind() == kind)).toList();
    }
}
