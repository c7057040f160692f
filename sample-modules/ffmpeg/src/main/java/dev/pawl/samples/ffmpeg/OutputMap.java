package dev.pawl.samples.ffmpeg;

import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Description;
import dev.pawl.api.module.ValidationException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options for streams of the output file, as an input.
 *
 * @param specifier the kind of the stream; without it, streams of all kinds are counted
 * @param stream the place of the stream among those that the source maps put into the file, from 0; without it, the options hold for all
 * @param options options of FFmpeg by name
 * @param optionSet the name of a document of the server with further options
 */
public record OutputMap(
        @Description("v, a, s, d or t: counts only video, audio, subtitle, data or attachment streams.") @Nullable
        String specifier,

        @Bounds(min = 0, max = 9_999)
        @Description(
                "The place of the stream in the output file, from 0; the options hold for all when it is left out.")
        @Nullable
        Integer stream,

        @Description("Options of FFmpeg by name, without hyphens.") @Nullable
        Map<String, @Nullable Object> options,

        @Description("A document of the module's data, whose options replace those of the same name.") @Nullable
        String optionSet) {

    /** The stream specifier, such as {@code :v:0}; empty when the options hold for the whole file. */
    String suffix(String input) throws ValidationException {
        StringBuilder suffix = new StringBuilder();
        StreamKind.ofInput(input + ".specifier", specifier)
                .ifPresent(kind -> suffix.append(':').append(kind.letter()));
        if (stream != null) {
            suffix.append(':').append(stream);
        }
        return suffix.toString();
    }
}
