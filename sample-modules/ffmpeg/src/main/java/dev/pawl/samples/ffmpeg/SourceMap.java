package dev.pawl.samples.ffmpeg;

import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Description;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.ValidationException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a source that go into the output file, as an input.
 *
 * @param source the place of the file in the list of sources, from 0
 * @param specifier the kind of the stream; without it, streams of all kinds are counted
 * @param stream the place of the stream among those of its kind, from 0; without it, all of them are taken
 * @param optional whether the stream may be missing
 */
public record SourceMap(
        @Required @Bounds(min = 0, max = 9_999) @Description("The place of the file in sources, from 0.")
        int source,

        @Description("v, a, s, d or t: counts only video, audio, subtitle, data or attachment streams.") @Nullable
        String specifier,

        @Bounds(min = 0, max = 9_999)
        @Description("The place of the stream, from 0; all of them when it is left out.")
        @Nullable
        Integer stream,

        @Default("false") @Description("Whether the stream may be missing.")
        boolean optional) {

    /** The arguments for FFmpeg. */
    List<String> arguments(String input) throws ValidationException {
        StringBuilder map = new StringBuilder().append(source);
        StreamKind.ofInput(input + ".specifier", specifier)
                .ifPresent(kind -> map.append(':').append(kind.letter()));
        if (stream != null) {
            map.append(':').append(stream);
        }
        return List.of("-map", map.append(optional ? "?" : "").toString());
    }
}
