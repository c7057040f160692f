package dev.pawl.schedule.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.BitSet;

/**
 * The due times of cron expressions in a zone, found by looking at every minute or every second: of it the local time is asked, and the rule
 * for gaps and doubled times is applied by comparing it with the one before and the latest one so far. Nothing is known of transitions.
 */
final class BruteForce {

    private static final long DAY = 86_400;

    private final long step;
    private final long from;
    private final long firstDay;
    private final int[] local;
    private final int[] day;
    private final int[] time;

    /** @param step 60 for every minute, 1 for every second */
    BruteForce(ZoneId zone, Instant from, Instant to, long step) {
        this.step = step;
        this.from = from.getEpochSecond();
        this.firstDay = Math.floorDiv(this.from, DAY) - 2;
        int size = (int) ((to.getEpochSecond() - this.from) / step);
        this.local = new int[size];
        this.day = new int[size];
        this.time = new int[size];
        ZoneRules rules = zone.getRules();
        for (int i = 0; i < size; i++) {
            long second = this.from + i * step;
            long offset = rules.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
            local[i] = (int) ((second + offset - firstDay * DAY) / step);
            day[i] = (int) (local[i] / (DAY / step));
            time[i] = (int) (local[i] % (DAY / step));
        }
    }

    /** The steps that were looked at. */
    int size() {
        return local.length;
    }

    Instant moment(int place) {
        return Instant.ofEpochSecond(from + place * step);
    }

    /** The places of due times, of which {@link #moment} tells the time; the first step is never one. */
    BitSet dueTimes(NaiveCron cron) {
        boolean isFine = cron.isFine();
        boolean[] fitsTime = fitsTime(cron);
        boolean[] fitsDay = new boolean[day[day.length - 1] + 2];
        for (int i = 0; i < fitsDay.length; i++) {
            fitsDay[i] = cron.fitsDay(LocalDate.ofEpochDay(firstDay + i));
        }
        BitSet due = new BitSet(local.length);
        int latest = local[0];
        for (int i = 1; i < local.length; i++) {
            int now = local[i];
            boolean isDue = (now > latest || isFine) && fitsDay[day[i]] && fitsTime[time[i]];
            for (int skipped = local[i - 1] + 1; skipped < now; skipped++) {
                isDue |= fitsDay[skipped / fitsTime.length] && fitsTime[skipped % fitsTime.length];
            }
            latest = Math.max(latest, now);
            if (isDue) {
                due.set(i);
            }
        }
        return due;
    }

    /** Asks of each value once, since there are 86,400 seconds of a day. */
    private boolean[] fitsTime(NaiveCron cron) {
        boolean[] fitsSecond = new boolean[60];
        boolean[] fitsMinute = new boolean[60];
        for (int i = 0; i < 60; i++) {
            fitsSecond[i] = cron.fitsSecond(i);
            fitsMinute[i] = cron.fitsMinute(i);
        }
        boolean[] fitsTime = new boolean[(int) (DAY / step)];
        for (int hour = 0; hour < 24; hour++) {
            boolean fitsHour = cron.fitsHour(hour);
            for (int second = 0; second < 3_600; second += (int) step) {
                int place = (int) ((hour * 3_600 + second) / step);
                fitsTime[place] = fitsHour && fitsMinute[second / 60] && fitsSecond[second % 60];
            }
        }
        return fitsTime;
    }
}
