package dev.pawl.store.kit.notification;

import dev.pawl.service.job.Failure;
import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.Occurrence;
import dev.pawl.store.kit.ModuleKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Occurrences that one message tells of.
 *
 * @param count their number
 * @param firstAt the time of the first
 * @param lastAt the time of the last
 * @param examples some of them
 */
public record Occurrences(long count, Instant firstAt, Instant lastAt, List<Occurrence> examples) {

    public Occurrences {
        examples = List.copyOf(examples);
    }

    public static Occurrences of(Occurrence one) {
        return new Occurrences(1, one.at(), one.at(), List.of(one));
    }

    /** These together with one that came after them. */
    public Occurrences and(Occurrence later) {
        return and(of(later));
    }

    /** These together with some that came after them. */
    public Occurrences and(Occurrences later) {
        List<Occurrence> all = examples;
        for (Occurrence example : later.examples()) {
            all = with(all, example);
        }
        return new Occurrences(
                count + later.count(),
                firstAt.isAfter(later.firstAt()) ? later.firstAt() : firstAt,
                lastAt.isAfter(later.lastAt()) ? lastAt : later.lastAt(),
                all);
    }

    /** The examples with one more, as far as there is room for it. */
    private static List<Occurrence> with(List<Occurrence> examples, Occurrence later) {
        List<Occurrence> all = new ArrayList<>(examples);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isLike(later)) {
                all.set(i, all.get(i).and(later));
                return all;
            }
        }
        if (all.size() < Notification.MOST_EXAMPLES) {
            all.add(later);
        }
        return all;
    }

    /** The end of a job; its detail is the error, if there was one. */
    public static Occurrence end(UUID job, String title, String moduleKey, Instant at, @Nullable Failure failure) {
        return of(job, title, moduleKey, at, failure == null ? "" : firstLine(failure.message()));
    }

    /** A job. */
    public static Occurrence of(UUID job, String title, String moduleKey, Instant at, String detail) {
        List<String> modules = ModuleKey.modules(moduleKey).stream().sorted().toList();
        return new Occurrence(job, null, title, modules, at, detail, 1);
    }

    /** The end of a job as the first that completed after others had failed. */
    public static Occurrence recovered(Occurrence end, JobKind.Streak streak) {
        return new Occurrence(end.job(), null, end.title(), end.modules(), end.at(), streak.sentence(), 1);
    }

    /** The one that a test shows. */
    public static Occurrence test(Instant at) {
        String detail = "This is only a test; no job has failed.";
        return new Occurrence(null, null, "Example job", List.of("example"), at, detail, 1);
    }

    /** The first line of a text that says something. */
    static String firstLine(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }
}
