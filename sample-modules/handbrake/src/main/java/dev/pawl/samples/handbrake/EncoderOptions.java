package dev.pawl.samples.handbrake;

import dev.pawl.api.module.ValidationException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options of an encoder, which HandBrakeCLI passes on to it. Those of x264, x265 and SVT-AV1 include names of files to read and to write (statistics,
 * tables, dumps). None leaves the job's work folder, in which the program runs, since no value but a fraction or a list of zones may have a slash.
 */
final class EncoderOptions {

    private static final Pattern FRACTION = Pattern.compile("[0-9.]+/[0-9.]+");
    private static final Pattern ZONES = Pattern.compile("zones=[a-z0-9=,.-]+(/[0-9]+,[a-z0-9=,.-]+)*");

    private EncoderOptions() {}

    /** The options as one text, from a map or a text. */
    static String of(String input, @Nullable Object value) throws ValidationException {
        String options = value instanceof Map<?, ?> map ? OptionValue.joined(input, map) : String.valueOf(value);
        for (String option : options.split(":", -1)) {
            String text = option.substring(option.indexOf('=') + 1);
            boolean namesFile = text.contains("/") || text.contains("\\");
            if (namesFile
                    && !FRACTION.matcher(text).matches()
                    && !ZONES.matcher(option).matches()) {
                throw new ValidationException(
                        input + " has \"" + option
                                + "\", the path of a file; encoders read and write files of the job's work folder alone, by their names.");
            }
        }
        return options;
    }
}
