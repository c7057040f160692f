package dev.pawl.samples.ffmpeg;

import dev.pawl.api.module.ValidationException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The streams that the maps of a job choose, by the rules of FFmpeg's stream specifiers. */
final class StreamSelection {

    private StreamSelection() {}

    /** The streams that a source map takes from a file; none when it is not sound. */
    static List<MediaStream> of(SourceMap map, Media media) {
        Optional<StreamKind> kind;
        try {
            kind = StreamKind.ofInput("specifier", map.specifier());
        } catch (ValidationException unsound) {
            return List.of();
        }
        return counted(media.streams(kind.orElse(null)), map.stream());
    }

    /**
     * Refuses a source map that takes nothing from a file and is not optional.
     *
     * @param input the input that holds the map
     */
    static void requireStreams(String input, SourceMap map, Source source, Media media) throws ValidationException {
        if (map.optional() || !of(map, media).isEmpty()) {
            return;
        }
        String kind = StreamKind.ofInput(input + ".specifier", map.specifier())
                .map(known -> known.word() + " ")
                .orElse("");
        String wanted = map.stream() == null ? "no " + kind + "stream" : "no " + kind + "stream " + map.stream();
        throw new ValidationException(input + " finds " + wanted + " in " + source.text() + ", which has "
                + summary(media) + "; name one of them, or set optional.");
    }

    /** The places of the output maps that name a stream which the source maps do not put into the file. */
    static List<Integer> mapsWithoutStream(FfmpegModule.Inputs inputs, List<Media> sources) {
        List<MediaStream> output = new ArrayList<>();
        inputs.sourceMaps().forEach(map -> output.addAll(of(map, sources.get(map.source()))));
        Media file = new Media(null, output);
        List<Integer> without = new ArrayList<>();
        for (int n = 0; n < inputs.outputMaps().size(); n++) {
            OutputMap map = inputs.outputMaps().get(n);
            if (of(new SourceMap(0, map.specifier(), map.stream(), false), file).isEmpty()) {
                without.add(n);
            }
        }
        return without;
    }

    private static List<MediaStream> counted(List<MediaStream> streams, @Nullable Integer stream) {
        if (stream == null) {
            return streams;
        }
        return stream < streams.size() ? List.of(streams.get(stream)) : List.of();
    }

    private static String summary(Media media) {
        if (media.streams().isEmpty()) {
            return "no streams";
        }
        return media.streams().stream()
                .collect(Collectors.groupingBy(
                        MediaStream::kind, () -> new EnumMap<>(StreamKind.class), Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().word())
                .collect(Collectors.joining(", "));
    }
}
