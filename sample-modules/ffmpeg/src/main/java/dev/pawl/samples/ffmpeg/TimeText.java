package dev.pawl.samples.ffmpeg;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** FFmpeg's spelling of durations: {@code 0:10:00}, {@code 02:30.5}, {@code 90}, {@code 200ms}. */
final class TimeText {

    private static final Pattern CLOCK = Pattern.compile("(?:(\\d{1,6}):)?(\\d{1,6}):(\\d{1,6}(?:\\.\\d*)?)");

    private static final Pattern NUMBER = Pattern.compile("(\\d{1,12}(?:\\.\\d*)?)(s|ms|us)?");

    private TimeText() {}

    /** The seconds that a value means; null when it means none. */
    static @Nullable Double seconds(@Nullable Object value) {
        String text = String.valueOf(value).strip();
        String size = text.startsWith("-") ? text.substring(1) : text;
        int sign = size.length() == text.length() ? 1 : -1;
        Matcher clock = CLOCK.matcher(size);
        if (clock.matches()) {
            double hours = clock.group(1) == null ? 0 : Double.parseDouble(clock.group(1));
            return sign * (hours * 3600 + Double.parseDouble(clock.group(2)) * 60 + Double.parseDouble(clock.group(3)));
        }
        Matcher number = NUMBER.matcher(size);
        if (!number.matches()) {
            return null;
        }
        double unit = "ms".equals(number.group(2)) ? 1e-3 : "us".equals(number.group(2)) ? 1e-6 : 1;
        return sign * Double.parseDouble(number.group(1)) * unit;
    }
}
