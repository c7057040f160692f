package dev.pawl.notification.message;

import dev.pawl.base.duration.DurationText;
import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.notification.Occurrence;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a message as plain text, without any markup: each format escapes them in its way. Characters that could end a line, or turn the direction
 * of a text, are blanks.
 *
 * @param title what has happened, in one line
 * @param tone how it is meant
 * @param items what it tells of in detail
 * @param more how many jobs or due times are in none of them
 * @param footer the rule, and when it was
 */
record MessageText(String title, Tone tone, List<Item> items, long more, String footer) {

    /** The greatest length of a title. */
    private static final int MOST_OF_TITLE = 150;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Control characters, line separators, and marks that turn the direction of a text. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cntrl}\\u2028\\u2029\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]+");

    /** The ways in which a message is meant. */
    enum Tone {
        /** Something went wrong. */
        BAD,
        /** Something deserves a look. */
        WARNING,
        /** Something is right again. */
        GOOD
    }

    /**
     * A job, or several of the same title and modules, or a schedule.
     *
     * @param heading the title with the modules
     * @param detail the error or the reason; empty for none
     * @param facts when it was, and how often
     * @param job the job; null for none
     * @param link where to see the job; null when the server's address is not known
     */
    record Item(
            String heading,
            String detail,
            String facts,
            @Nullable UUID job,
            @Nullable String link) {}

    /**
     * Composes a message.
     *
     * @param publicUrl the server's address for people; null when it is not known
     */
    static MessageText of(NotificationRule rule, Notification message, @Nullable String publicUrl) {
        List<Item> items = new ArrayList<>();
        long told = 0;
        for (Occurrence example : message.examples()) {
            items.add(item(example, publicUrl));
            told += example.times();
        }
        String span = message.count() == 1
                ? time(message.lastAt())
                : time(message.firstAt()) + " to " + time(message.lastAt());
        return new MessageText(
                title(rule, message),
                tone(message.event()),
                items,
                Math.max(0, message.count() - told),
                "Pawl, notification " + rule.name() + ", " + span);
    }

    /** The sentence about what no item tells; empty when there is nothing. */
    String rest() {
        return more == 0 ? "" : "and " + more + " more";
    }

    /** The link of the first item; null when there is none. */
    @Nullable
    String link() {
        return items.isEmpty() ? null : items.get(0).link();
    }

    private static Item item(Occurrence one, @Nullable String publicUrl) {
        String modules = one.modules().isEmpty() ? "" : " (" + String.join(", ", one.modules()) + ")";
        String schedule = one.schedule() == null ? "" : "Schedule " + one.schedule() + ": ";
        String often = one.times() == 1 ? "" : one.times() + " times, last ";
        UUID job = one.job();
        return new Item(
                clean(schedule + one.title() + modules),
                clean(one.detail()),
                often + time(one.at()),
                job,
                job == null || publicUrl == null || publicUrl.isBlank()
                        ? null
                        : publicUrl.replaceFirst("/+$", "") + "/console/jobs/" + job);
    }

    private static String title(NotificationRule rule, Notification message) {
        long count = message.count();
        boolean isOne =
                message.examples().size() == 1 && message.examples().get(0).times() == count;
        String name = isOne ? ": " + clean(message.examples().get(0).title()) : "";
        String often = isOne ? (count == 1 ? "" : " " + count + " times") : "";
        String limit = rule.limit(message.event()).map(DurationText::exact).orElse("the limit");
        String many = count + " jobs ";
        String title =
                switch (message.event()) {
                    case FAILED -> isOne ? "Failed" + often + name : many + "failed";
                    case COMPLETED_AFTER_FAILING ->
                        isOne ? "Completed after failing" + often + name : many + "completed after failing";
                    case RUNNING_LONGER_THAN ->
                        isOne && count == 1
                                ? "Running for longer than " + limit + name
                                : many + "run for longer than " + limit + name;
                    case WAITING_LONGER_THAN ->
                        isOne && count == 1
                                ? "Waiting for longer than " + limit + name
                                : many + "wait for longer than " + limit + name;
                    case MISSED -> isOne ? "Missed" + often + name : count + " due times of schedules were missed";
                    case TEST -> "Test of notification " + rule.name();
                };
        return cut(title, MOST_OF_TITLE);
    }

    private static Tone tone(NotificationEvent event) {
        return switch (event) {
            case FAILED, MISSED -> Tone.BAD;
            case RUNNING_LONGER_THAN, WAITING_LONGER_THAN -> Tone.WARNING;
            case COMPLETED_AFTER_FAILING, TEST -> Tone.GOOD;
        };
    }

    private static String time(Instant time) {
        return TIME.format(time);
    }

    private static String clean(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(" ").strip();
    }

    /** Cuts a text without splitting a character. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }
}
