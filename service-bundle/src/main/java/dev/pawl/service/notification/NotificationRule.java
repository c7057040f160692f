package dev.pawl.service.notification;

import dev.pawl.service.data.TextLimit;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A rule for notifications: of what is told, and where.
 *
 * @param name its name, of the form {@link #NAME}
 * @param on the outcomes that it tells of, without those that a time of their own asks for
 * @param runningLongerThan tells of jobs that run for longer; null for none
 * @param waitingLongerThan tells of jobs that wait for longer; null for none
 * @param modules the modules of which a job has one at least; empty for all jobs
 * @param title the title of the jobs, in which {@code *} stands for any text, upper and lower case alike; null for all
 * @param target the place to which it is told
 * @param groupFor the time for which a first message waits for more of its kind
 * @param quietFor the time after a message for which the next one of its kind waits at least
 * @param paused whether nothing is told
 */
public record NotificationRule(
        String name,
        Set<NotificationEvent> on,
        @Nullable Duration runningLongerThan,
        @Nullable Duration waitingLongerThan,
        Set<String> modules,
        @Nullable String title,
        NotificationTarget target,
        Duration groupFor,
        Duration quietFor,
        boolean paused) {

    /** The form of a name: 1 to 100 letters of ASCII, digits, dots, hyphens and underscores, not a dot or a hyphen first. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

    /** The outcomes that {@link #on} takes. */
    public static final Set<NotificationEvent> CHOICES =
            Set.of(NotificationEvent.FAILED, NotificationEvent.COMPLETED_AFTER_FAILING, NotificationEvent.MISSED);

    /** The greatest number of modules. */
    public static final int MOST_MODULES = 100;

    /** The time for which a first message waits, unless another one is given. */
    public static final Duration USUAL_GROUP = Duration.ofSeconds(10);

    /** The longest time for which a first message waits. */
    public static final Duration LONGEST_GROUP = Duration.ofHours(1);

    /** The time between messages of a kind, unless another one is given. */
    public static final Duration USUAL_QUIET = Duration.ofMinutes(5);

    /** The longest time between messages of a kind. */
    public static final Duration LONGEST_QUIET = Duration.ofDays(7);

    /** The shortest time of running or waiting that can be told of. */
    public static final Duration SHORTEST = Duration.ofSeconds(10);

    /** The longest one. */
    public static final Duration LONGEST = Duration.ofDays(365);

    public NotificationRule {
        on = on.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(on));
        modules = Set.copyOf(modules);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name is \"" + abbreviated(name)
                    + "\"; it takes 1 to 100 letters of ASCII, digits, '.', '-' and '_', not '.' or '-' first.");
        }
        if (!CHOICES.containsAll(on)) {
            throw new IllegalArgumentException("on takes failed, completed_after_failing and missed.");
        }
        if (on.isEmpty() && runningLongerThan == null && waitingLongerThan == null) {
            throw new IllegalArgumentException("on is missing; it takes some of failed, completed_after_failing and"
                    + " missed. Without it, running_longer_than or waiting_longer_than is needed.");
        }
        check("running_longer_than", runningLongerThan, SHORTEST, LONGEST, "10s to 365d");
        check("waiting_longer_than", waitingLongerThan, SHORTEST, LONGEST, "10s to 365d");
        check("group_for", groupFor, Duration.ZERO, LONGEST_GROUP, "0s to 1h");
        check("quiet_for", quietFor, Duration.ZERO, LONGEST_QUIET, "0s to 7d");
        if (modules.size() > MOST_MODULES) {
            throw new IllegalArgumentException(
                    "modules has " + modules.size() + " entries; it takes at most " + MOST_MODULES + ".");
        }
        for (String module : modules) {
            if (!TextLimit.ID.fits(module)) {
                throw new IllegalArgumentException("modules has \"" + abbreviated(module) + "\"; it takes ids of 1 to "
                        + TextLimit.ID.characters() + " characters.");
            }
        }
        if (title != null && !TextLimit.NAME.fits(title)) {
            throw new IllegalArgumentException("title has " + title.length() + " characters; it takes 1 to "
                    + TextLimit.NAME.characters() + ", not all of them blank.");
        }
    }

    private static void check(
            String field, @Nullable Duration value, Duration shortest, Duration longest, String accepted) {
        if (value != null && (value.compareTo(shortest) < 0 || value.compareTo(longest) > 0)) {
            throw new IllegalArgumentException(
                    field + " is " + value.toSeconds() + " seconds; it takes " + accepted + ".");
        }
    }

    /** Whether it tells of an outcome. */
    public boolean tellsOf(NotificationEvent event) {
        return switch (event) {
            case FAILED, COMPLETED_AFTER_FAILING, MISSED -> on.contains(event);
            case RUNNING_LONGER_THAN -> runningLongerThan != null;
            case WAITING_LONGER_THAN -> waitingLongerThan != null;
            case TEST -> true;
        };
    }

    /** The time after which a job is told of; empty for outcomes without one. */
    public Optional<Duration> limit(NotificationEvent event) {
        return switch (event) {
            case RUNNING_LONGER_THAN -> Optional.ofNullable(runningLongerThan);
            case WAITING_LONGER_THAN -> Optional.ofNullable(waitingLongerThan);
            case FAILED, COMPLETED_AFTER_FAILING, MISSED, TEST -> Optional.empty();
        };
    }

    /**
     * Whether it is for a job.
     *
     * @param jobTitle its title
     * @param jobModules the modules of its tasks
     */
    public boolean isFor(String jobTitle, Set<String> jobModules) {
        boolean hasModule = modules.isEmpty() || jobModules.stream().anyMatch(modules::contains);
        return hasModule
                && (title == null || matches(title.toLowerCase(Locale.ROOT), jobTitle.toLowerCase(Locale.ROOT)));
    }

    /** Matches a text with a pattern, in which {@code *} stands for any text, in a time that grows with both lengths alone. */
    private static boolean matches(String pattern, String text) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (in < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at;
                resume = in;
                at++;
            } else if (at < pattern.length() && pattern.charAt(at) == text.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                resume++;
                in = resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    /** The same rule with its target's secrets in another form. */
    public NotificationRule with(NotificationTarget other) {
        return new NotificationRule(
                name, on, runningLongerThan, waitingLongerThan, modules, title, other, groupFor, quietFor, paused);
    }

    /** The modules in order. */
    public List<String> sortedModules() {
        return modules.stream().sorted().toList();
    }

    private static String abbreviated(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
