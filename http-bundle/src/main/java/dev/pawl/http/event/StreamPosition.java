package dev.pawl.http.event;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a reader in a stream, which is the id of the last event that it has: {@code LIFE-SEQUENCE}, and in the stream of a job
 * {@code LIFE-SEQUENCE.LINE}, with an {@code x} behind it after the stream's end.
 *
 * @param life the life of the server in which the events were numbered
 * @param sequence the number of the event
 * @param line the number of the last line of the job's log; 0 before the first
 * @param ended whether the stream has ended there
 */
record StreamPosition(String life, long sequence, long line, boolean ended) {

    /** The longest text of a position, in characters. */
    static final int LONGEST = 64;

    private static final Pattern FORM =
            Pattern.compile("([0-9a-z]{1,16})-([0-9]{1,18})(?:\\.([0-9]{1,18})(x?))?", Pattern.DOTALL);

    /** The position that a text stands for; empty when it is none of ours. */
    static Optional<StreamPosition> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String line = form.group(3);
        return Optional.of(new StreamPosition(
                form.group(1),
                Long.parseLong(form.group(2)),
                line == null ? 0 : Long.parseLong(line),
                "x".equals(form.group(4))));
    }
}
