package dev.pawl.samples.ffmpeg;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a task.
 *
 * @param outputFile the file that was made
 * @param size its size in bytes
 * @param duration its length in seconds; null when it is not known
 * @param streams its streams, in order
 */
public record EncodedFile(
        String outputFile, long size, @Nullable Double duration, List<Stream> streams) {

    public EncodedFile {
        streams = List.copyOf(streams);
    }

    /**
     * A stream of the file.
     *
     * @param type {@code video}, {@code audio}, {@code subtitle}, {@code data} or {@code attachment}
     * @param codec the name of its codec
     * @param language its language, such as {@code eng}
     */
    public record Stream(
            String type, @Nullable String codec, @Nullable String language) {}

    static EncodedFile of(Path file, long size, Media media) {
        return new EncodedFile(
                file.toString(),
                size,
                media.seconds(),
                media.streams().stream()
                        .map(stream -> new Stream(stream.kind().word(), stream.codec(), stream.language()))
                        .toList());
    }
}
