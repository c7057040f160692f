package dev.pawl.samples.ffmpeg;

import dev.pawl.api.module.ValidationException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns options, as JSON values by name, into arguments for FFmpeg, and refuses those that would reach beyond the job's own files.
 *
 * <p>An argument that is no value of an option is the name of an output file for FFmpeg. So it matters which options stand alone: they get
 * no value, and all others get one.
 */
final class Options {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.+-]*(:[A-Za-z0-9_:.-]*)?");

    /** The options of FFmpeg 4 to 8 that stand alone; each but {@code y} and {@code n} also with {@code no} before it. */
    private static final Set<String> ALONE = Set.of(
            "accurate_seek",
            "an",
            "auto_conversion_filters",
            "autorotate",
            "autoscale",
            "benchmark",
            "benchmark_all",
            "bitexact",
            "copy_unknown",
            "copyinkf",
            "copyts",
            "debug_ts",
            "deinterlace",
            "display_hflip",
            "display_vflip",
            "dn",
            "dump",
            "find_stream_info",
            "fix_sub_duration",
            "fix_sub_duration_heartbeat",
            "force_fps",
            "hex",
            "hide_banner",
            "ignore_unknown",
            "intra",
            "n",
            "psnr",
            "qphist",
            "re",
            "recast_media",
            "report",
            "shortest",
            "sn",
            "start_at_zero",
            "stats",
            "stdin",
            "vn",
            "vstats",
            "xerror",
            "y");

    /** Refuses a format, the value of the option {@code f}. */
    interface FormatRule {
        void check(String place, String format) throws ValidationException;
    }

    private final String input;
    private final String suffix;
    private final FormatRule formats;
    private final List<String> arguments = new ArrayList<>();

    private Options(String input, String suffix, FormatRule formats) {
        this.input = input;
        this.suffix = suffix;
        this.formats = formats;
    }

    /**
     * The arguments for options that stand before the sources.
     *
     * @param input the input that holds them, for errors
     */
    static List<String> forSources(String input, Map<String, @Nullable Object> options) throws ValidationException {
        return new Options(input, "", ReachingOptions::refuseInputFormat).add(options);
    }

    /**
     * The arguments for options of the output file.
     *
     * @param input the input that holds them, for errors
     * @param suffix the stream specifier to put behind each name; may be empty
     */
    static List<String> forOutput(String input, String suffix, Map<String, @Nullable Object> options)
            throws ValidationException {
        return new Options(input, suffix, ReachingOptions::refuseOutputFormat).add(options);
    }

    private List<String> add(Map<String, @Nullable Object> options) throws ValidationException {
        for (Map.Entry<String, @Nullable Object> option : options.entrySet()) {
            String name = option.getKey();
            if (!NAME.matcher(name).matches()) {
                throw new ValidationException(
                        input + " has the name \"" + name + "\"; an option is named without hyphens, such as crf.");
            }
            String place = input + "." + name;
            ReachingOptions.refuseName(place, bare(name));
            Object value = option.getValue();
            if (standsAlone(bare(name))) {
                addAlone(place, "-" + name + suffix, value);
            } else if (value instanceof List<?> several) {
                for (Object one : several) {
                    add(place, "-" + name + suffix, one);
                }
            } else {
                add(place, "-" + name + suffix, value);
            }
        }
        return arguments;
    }

    /** The name without a stream specifier. */
    static String bare(String name) {
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }

    private static boolean standsAlone(String name) {
        return ALONE.contains(name) || (name.startsWith("no") && ALONE.contains(name.substring(2)));
    }

    private void addAlone(String place, String argument, @Nullable Object value) throws ValidationException {
        if (value == null || Boolean.TRUE.equals(value)) {
            arguments.add(argument);
        } else if (!Boolean.FALSE.equals(value)) {
            throw new ValidationException(
                    place + " is " + value + "; this option of FFmpeg has no value, so it takes true or false.");
        }
    }

    private void add(String place, String argument, @Nullable Object value) throws ValidationException {
        String text = value instanceof Map<?, ?> parts ? joined(place, parts) : scalar(place, value);
        String name = bare(argument.substring(1));
        ReachingOptions.refuseValue(place, name, text);
        if (name.equals("f")) {
            formats.check(place, text);
        }
        arguments.add(argument);
        arguments.add(text);
    }

    /** Parameters of an encoder, such as {@code bframes=8:aq-mode=3}. */
    private static String joined(String place, Map<?, ?> parts) throws ValidationException {
        boolean escapes = bare(place).endsWith("-params");
        List<String> texts = new ArrayList<>();
        for (Map.Entry<?, ?> part : parts.entrySet()) {
            Object value = part.getValue();
            if (value == null) {
                texts.add(String.valueOf(part.getKey()));
                continue;
            }
            String text =
                    value instanceof Boolean flag ? (flag ? "1" : "0") : scalar(place + "." + part.getKey(), value);
            boolean plain = text.indexOf('\\') < 0 && text.indexOf('\'') < 0;
            texts.add(part.getKey() + "=" + (escapes && plain ? text.replace(":", "\\:") : text));
        }
        return String.join(":", texts);
    }

    private static String scalar(String place, @Nullable Object value) throws ValidationException {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof Double || value instanceof Float) {
            return new BigDecimal(value.toString()).toPlainString();
        }
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            String text = value.toString();
            if (text.indexOf('\0') >= 0) {
                throw new ValidationException(
                        place + " holds a NUL character, which no argument of a program can; remove it.");
            }
            return text;
        }
        throw new ValidationException(
                place + " is " + value + "; this option of FFmpeg takes a value: a text, a number, true or false.");
    }
}
