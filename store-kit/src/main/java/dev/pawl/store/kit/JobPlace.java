package dev.pawl.store.kit;

import dev.pawl.service.job.JobOrder;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The place of a job in an order, after which a page goes on. As a cursor it is the sequence number alone for the newest jobs, and the order,
 * the number and the value in Base64 for others, so that no cursor is taken for that of another order.
 *
 * @param seq the job's sequence number
 * @param number the number by which it is sorted; null when it has none, or is not sorted by one
 * @param text the text by which it is sorted; empty when it is not sorted by one
 */
public record JobPlace(long seq, @Nullable Long number, String text) {

    private static final Comparator<JobPlace> NEWEST_FIRST =
            Comparator.comparing(JobPlace::seq, Comparator.reverseOrder());
    private static final Comparator<JobPlace> NUMBERS_FIRST = Comparator.comparing(place -> place.number == null);

    /** A place in an order of addition. */
    public static JobPlace of(long seq) {
        return new JobPlace(seq, null, "");
    }

    /** The comparison of places in an order. */
    public static Comparator<JobPlace> in(JobOrder order) {
        return switch (order) {
            case NEWEST -> NEWEST_FIRST;
            case OLDEST -> NEWEST_FIRST.reversed();
            case STARTED_LAST, COMPLETED_LAST, HIGHEST_PRIORITY ->
                NUMBERS_FIRST
                        .thenComparing(
                                Comparator.comparingLong(JobPlace::numberOrZero).reversed())
                        .thenComparing(NEWEST_FIRST);
            case STARTED_FIRST, COMPLETED_FIRST, LOWEST_PRIORITY ->
                NUMBERS_FIRST.thenComparingLong(JobPlace::numberOrZero).thenComparing(NEWEST_FIRST);
            case MODULE -> Comparator.comparing(JobPlace::text).thenComparing(NEWEST_FIRST);
            case MODULE_REVERSED ->
                Comparator.comparing(JobPlace::text).reversed().thenComparing(NEWEST_FIRST);
        };
    }

    private long numberOrZero() {
        return number == null ? 0 : number;
    }

    /** Whether jobs are sorted by a text in an order. */
    public static boolean isByText(JobOrder order) {
        return order == JobOrder.MODULE || order == JobOrder.MODULE_REVERSED;
    }

    /** The cursor of a page that ends here. */
    public String cursor(JobOrder order) {
        if (order == JobOrder.NEWEST) {
            return Long.toString(seq);
        }
        String value = isByText(order) ? text : number == null ? "" : number.toString();
        byte[] place = (order.wireName() + "\n" + seq + "\n" + value).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place);
    }

    /** The place of a cursor of an order. */
    public static JobPlace of(String cursor, JobOrder order) {
        try {
            if (order == JobOrder.NEWEST) {
                return of(Long.parseLong(cursor));
            }
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\n", 3);
            if (parts.length == 3 && parts[0].equals(order.wireName())) {
                long seq = Long.parseLong(parts[1]);
                return isByText(order)
                        ? new JobPlace(seq, null, parts[2])
                        : new JobPlace(seq, parts[2].isEmpty() ? null : Long.valueOf(parts[2]), "");
            }
        } catch (IllegalArgumentException neitherBase64NorNumber) { // reported below
        }
        throw new ProblemException(
                ProblemCode.MALFORMED,
                "cursor is \"" + cursor + "\"; with sort=" + order.wireName()
                        + " it takes the next_cursor of an earlier answer in this order.");
    }
}
