package dev.pawl.store.sqlite.job;

import dev.pawl.service.store.JobMinute;
import dev.pawl.store.kit.MinuteCounts;
import dev.pawl.store.kit.MinuteText;
import dev.pawl.store.sqlite.engine.Readers;
import java.time.Instant;
import java.util.List;

/** The minutes on disk together with the one that has no row yet. */
public final class RecordedMinutes {

    private final Readers readers;
    private final MinuteCounts counts;

    public RecordedMinutes(Readers readers, MinuteCounts counts) {
        this.readers = readers;
        this.counts = counts;
    }

    /** The minutes that begin in a span of time, in order; before them the last earlier one. */
    public List<JobMinute> between(Instant from, Instant until) {
        MinuteCounts.Unwritten unwritten;
        List<JobMinute> rows;
        do { // a row that is written between the two reads would be counted twice, or not at all; one is written a
            // minute
            unwritten = counts.unwritten();
            rows = readers.read(session -> MinuteRows.read(session, from, until));
        } while (counts.unwritten().rows() != unwritten.rows());
        JobMinute last = unwritten.minute();
        return last == null || !last.at().isBefore(until) ? rows : MinuteText.with(last, from, rows);
    }
}
