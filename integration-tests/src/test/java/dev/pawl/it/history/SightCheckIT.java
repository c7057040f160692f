package dev.pawl.it.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.it.history.Move.Place;
import dev.pawl.it.history.Sight.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each rule on what readers of events have seen finds what it is there for, and nothing in what is sound. */
class SightCheckIT {

    private static final long A = 101;
    private static final long SECOND = 1_000_000;

    private final Story story = new Story();
    private final UUID job = story.job(1);
    private final UUID late = story.job(2);

    /** A job that was started twice, and one that ended a minute and more later. */
    SightCheckIT() {
        story.at(10 * SECOND).by(A).insert(1, Place.READY, 0, 0, 0);
        story.at(11 * SECOND).by(A).delete(1, Place.READY, 0, 0, 0).insert(1, Place.RUNS, 1, A, 0);
        story.at(12 * SECOND).by(A).delete(1, Place.RUNS, 1, A, 0).insert(1, Place.LATER, 1, 0, 0);
        story.at(13 * SECOND).by(A).delete(1, Place.LATER, 1, 0, 0).insert(1, Place.READY, 1, 0, 0);
        story.at(14 * SECOND).by(A).delete(1, Place.READY, 1, 0, 0).insert(1, Place.RUNS, 2, A, 0);
        story.at(15 * SECOND).by(A).delete(1, Place.RUNS, 2, A, 0).end(1, 2, "completed");
        story.at(90 * SECOND).by(A).insert(2, Place.RUNS, 1, A, 0);
        story.at(91 * SECOND).by(A).delete(2, Place.RUNS, 1, A, 0).end(2, 1, "completed");
    }

    private static final List<Change> ALL =
            List.of(Change.ADDED, Change.STARTED, Change.WAITING, Change.STARTED, Change.ENDED);
    private static final List<Change> SHORT = List.of(Change.ADDED, Change.STARTED, Change.ENDED);

    private void assertBroken(Sight sight, Invariant... rules) {
        List<Violation> found = new ArrayList<>();
        new SightCheck(story.history(), found::add).judge(sight);
        assertEquals(
                Set.of(rules), found.stream().map(Violation::invariant).collect(Collectors.toSet()), found::toString);
    }

    private Sight saw(long fromSecond, boolean isLast, List<Change> ofFirst, List<Change> ofLate) {
        return new Sight("reader", fromSecond * SECOND, isLast, Map.of(job, ofFirst, late, ofLate));
    }

    @Test
    void aReaderThatSawAllOfItIsSound() {
        assertBroken(saw(0, true, ALL, SHORT));
    }

    @Test
    void aReaderMayBeginAmidAJobAndSeeWhatWasJustBefore() {
        assertBroken(saw(9, true, ALL.subList(3, 5), SHORT));
        assertBroken(saw(14, true, ALL.subList(2, 5), SHORT));
        assertBroken(saw(20, true, List.of(), SHORT));
    }

    @Test
    void aChangeThatIsLeftOutIsFound() {
        assertBroken(
                saw(0, true, List.of(Change.ADDED, Change.STARTED, Change.STARTED, Change.ENDED), SHORT),
                Invariant.EVENTS_IN_ORDER);
    }

    @Test
    void aChangeThatComesTwiceOrTooEarlyIsFound() {
        assertBroken(
                saw(0, true, ALL, List.of(Change.ADDED, Change.STARTED, Change.STARTED, Change.ENDED)),
                Invariant.EVENTS_IN_ORDER);
        assertBroken(saw(0, true, ALL, List.of(Change.STARTED, Change.ADDED, Change.ENDED)), Invariant.EVENTS_IN_ORDER);
    }

    @Test
    void anEndThatNeverComesIsFound() {
        assertBroken(saw(0, true, ALL.subList(0, 4), SHORT), Invariant.EVENTS_WHOLE);
        assertBroken(saw(0, true, ALL, List.of()), Invariant.EVENTS_WHOLE);
    }

    @Test
    void aReaderThatHadToBeginAnewNeedsWhatWasLongBeforeTheLastThatItSaw() {
        assertBroken(saw(0, false, ALL, SHORT.subList(0, 2)));
        assertBroken(saw(0, false, ALL.subList(0, 2), SHORT), Invariant.EVENTS_WHOLE);
    }

    @Test
    void aRemovalIsTheLastThatIsSeenAndNeverLeftOut() {
        story.at(92 * SECOND).by(A).deleteEnded(2, 1);
        List<Change> removed = new ArrayList<>(SHORT);
        removed.add(Change.REMOVED);
        assertBroken(saw(0, true, ALL, removed));
        assertBroken(saw(0, true, ALL, List.of(Change.ADDED, Change.REMOVED)));
        assertBroken(saw(0, true, ALL, SHORT), Invariant.EVENTS_WHOLE);
        assertBroken(saw(0, true, ALL, List.of(Change.REMOVED, Change.ENDED)), Invariant.EVENTS_IN_ORDER);
    }

    @Test
    void aJobOfWhichThereIsNoRowIsFound() {
        assertBroken(
                new Sight("reader", 0, true, Map.of(job, ALL, late, SHORT, new UUID(7, 7), SHORT)),
                Invariant.EVENTS_IN_ORDER);
    }

    @Test
    void aLineThatIsMissingTwiceOrOutOfOrderIsFound() {
        List<Violation> found = new ArrayList<>();
        SightCheck.judgeLines("reader", List.of(1L, 2L, 3L), 3, found::add);
        assertEquals(List.of(), found);
        SightCheck.judgeLines("reader", List.of(1L, 3L), 3, found::add);
        SightCheck.judgeLines("reader", List.of(1L, 2L, 2L, 3L), 3, found::add);
        SightCheck.judgeLines("reader", List.of(2L, 1L, 3L), 3, found::add);
        SightCheck.judgeLines("reader", List.of(1L, 2L), 3, found::add);
        assertEquals(4, found.size());
    }
}
