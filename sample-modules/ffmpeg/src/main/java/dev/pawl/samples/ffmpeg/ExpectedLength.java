package dev.pawl.samples.ffmpeg;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The length that the output will have, as far as sources and options tell; for progress alone.
 *
 * @param seconds null when it is not known
 * @param frames the number of frames of the first video stream; null when it is not known
 */
record ExpectedLength(@Nullable Double seconds, @Nullable Long frames) {

    /**
     * Reckons the length.
     *
     * @param sources the contents of all sources, in order
     * @param outputOptions the options of all output maps, by name
     */
    static ExpectedLength of(
            FfmpegModule.Inputs inputs, List<Media> sources, Map<String, @Nullable Object> outputOptions) {
        Double longest = null;
        Double cut = null;
        for (int source : mapped(inputs)) {
            Double whole = sources.get(source).seconds();
            Double length = source == 0 ? trimmed(whole, inputs.inputOptionsOrNone()) : whole;
            if (length != null && (longest == null || shortest(outputOptions) == (length < longest))) {
                longest = length;
            }
            if (source == 0 && whole != null && length != null) {
                cut = length / whole;
            }
        }
        Double seconds = trimmed(longest, outputOptions);
        Double kept = longest == null || seconds == null ? null : Double.valueOf(seconds / longest);
        return new ExpectedLength(seconds, frames(inputs, sources, cut, kept));
    }

    private static TreeSet<Integer> mapped(FfmpegModule.Inputs inputs) {
        TreeSet<Integer> mapped = new TreeSet<>();
        inputs.sourceMaps().forEach(map -> mapped.add(map.source()));
        return mapped;
    }

    private static boolean shortest(Map<String, @Nullable Object> options) {
        return options.containsKey("shortest") && !Boolean.FALSE.equals(options.get("shortest"));
    }

    /** The length that {@code ss}, {@code to}, {@code t} and their like leave of one. */
    private static @Nullable Double trimmed(@Nullable Double whole, Map<String, @Nullable Object> options) {
        Double limit = TimeText.seconds(options.get("t"));
        Double end = TimeText.seconds(options.get("to"));
        Double begin = TimeText.seconds(options.get("ss"));
        Double fromEnd = TimeText.seconds(options.get("sseof"));
        Double loops = TimeText.seconds(options.get("stream_loop"));
        Double left = whole;
        if (left != null && fromEnd != null) {
            left = Math.min(left, -fromEnd);
        } else if (left != null && begin != null) {
            left = begin < 0 ? Math.min(left, -begin) : left - begin;
        }
        if (left != null && loops != null) {
            left = loops < 0 ? null : Double.valueOf(left + loops * (whole == null ? 0 : whole));
        }
        if (limit != null) {
            left = left == null ? limit : Double.valueOf(Math.min(left, limit));
        } else if (end != null) {
            double rest = end - (begin == null ? 0 : begin);
            left = left == null ? rest : Double.valueOf(Math.min(left, rest));
        }
        return left == null || left <= 0 ? null : left;
    }

    private static @Nullable Long frames(
            FfmpegModule.Inputs inputs, List<Media> sources, @Nullable Double cut, @Nullable Double kept) {
        for (SourceMap map : inputs.sourceMaps()) {
            for (MediaStream stream : StreamSelection.of(map, sources.get(map.source()))) {
                if (stream.kind() == StreamKind.VIDEO && stream.frames() != null) {
                    double part = (map.source() == 0 && cut != null ? cut : 1) * (kept == null ? 1 : kept);
                    return Math.max(1, Math.round(stream.frames() * part));
                }
            }
        }
        return null;
    }
}
