package dev.pawl.schedule.time;

import java.time.LocalDate;
import java.util.Optional;

/**
 * The days of a cron expression. A day of the month and a day of the week are alternatives when both are given; when one of them begins with
 * {@code *}, a day must fit both, as in cronie. So {@code 13 * FRI} is each 13th and each Friday.
 *
 * @param months the months as bits, bit 1 for January
 */
record CalendarDays(DaysOfMonth ofMonth, DaysOfWeek ofWeek, int months) {

    /** The calendar with its days of the week repeats after that many years, so a day that is not among them never comes. */
    private static final int CYCLE_YEARS = 400;

    private static final int MONTHS = 12;

    /** Whether a day of the month and a day of the week are alternatives. */
    boolean areAlternatives() {
        return !ofMonth.every() && !ofWeek.every();
    }

    /** The first day on or after another; empty when there is none in all the years that the calendar has before it repeats. */
    Optional<LocalDate> from(LocalDate first) {
        int year = first.getYear();
        int month = first.getMonthValue();
        int daysLeft = -1 << first.getDayOfMonth();
        for (int seen = 0; seen <= CYCLE_YEARS * MONTHS; seen++) {
            if ((months & 1 << month) != 0) {
                LocalDate firstOfMonth = LocalDate.of(year, month, 1);
                int days = in(firstOfMonth) & daysLeft;
                if (days != 0) {
                    return Optional.of(firstOfMonth.withDayOfMonth(Integer.numberOfTrailingZeros(days)));
                }
            }
            daysLeft = -1;
            month = month % MONTHS + 1;
            year += month == 1 ? 1 : 0;
        }
        return Optional.empty();
    }

    private int in(LocalDate firstOfMonth) {
        int fitMonth = ofMonth.in(firstOfMonth);
        int fitWeek = ofWeek.in(firstOfMonth);
        return areAlternatives() ? fitMonth | fitWeek : fitMonth & fitWeek;
    }
}
