package dev.pawl.samples.http;

import dev.pawl.api.module.ValidationException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The statuses that count as a success. */
final class ExpectedStatus {

    private static final Pattern RANGE = Pattern.compile("([1-5]\\d\\d)(?:-([1-5]\\d\\d))?");
    private static final Pattern CLASS = Pattern.compile("([1-5])[xX]{2}");
    private static final int CLASS_SIZE = 100;

    private final List<Range> ranges;
    private final String words;

    private ExpectedStatus(List<Range> ranges, String words) {
        this.ranges = ranges;
        this.words = words;
    }

    /** Reads the input. */
    static ExpectedStatus of(@Nullable List<Object> given) throws ValidationException {
        List<Object> all = given == null || given.isEmpty() ? List.of("2xx") : given;
        List<Range> ranges = new ArrayList<>();
        for (int n = 0; n < all.size(); n++) {
            ranges.add(range(n, String.valueOf(all.get(n)).strip()));
        }
        return new ExpectedStatus(
                ranges, String.join(", ", all.stream().map(String::valueOf).toList()));
    }

    private static Range range(int index, String text) throws ValidationException {
        Matcher range = RANGE.matcher(text);
        Matcher whole = CLASS.matcher(text);
        if (whole.matches()) {
            int first = Integer.parseInt(whole.group(1)) * CLASS_SIZE;
            return new Range(first, first + CLASS_SIZE - 1);
        }
        if (range.matches()) {
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            if (first <= last) {
                return new Range(first, last);
            }
        }
        throw new ValidationException("expected_status[" + index + "] is " + text
                + "; it takes a status such as 200, a range such as 200-299, or a class such as 2xx.");
    }

    boolean accepts(int status) {
        return ranges.stream().anyMatch(range -> range.first() <= status && status <= range.last());
    }

    /** The statuses as they were given. */
    @Override
    public String toString() {
        return words;
    }

    private record Range(int first, int last) {}
}
