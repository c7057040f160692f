package dev.pawl.it.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.it.history.History.Told;
import dev.pawl.it.history.Move.Place;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each rule on histories finds what it is there for, and nothing in a sound one. */
class HistoryCheckIT {

    private static final long A = 101;
    private static final long B = 102;
    private static final long SECOND = 1_000_000;

    private final Story story = new Story();
    private final UUID job = story.job(1);

    /** A job that A ran to its second step, and B, once the lease of A was over, to its end. */
    private HistoryCheckIT takenOver() {
        story.at(0).lease(A, 15 * SECOND).lease(B, 60 * SECOND);
        story.at(SECOND).by(A).insert(1, Place.READY, 0, 0, 0);
        story.at(2 * SECOND).by(A).delete(1, Place.READY, 0, 0, 0).insert(1, Place.RUNS, 1, A, 0);
        story.effect(job, 1, 1).by(A).update(1, 1, A, 1);
        story.effect(job, 1, 2);
        story.at(17 * SECOND).by(B).delete(1, Place.RUNS, 1, A, 1).insert(1, Place.READY, 1, 0, 1);
        story.at(18 * SECOND).by(B).delete(1, Place.READY, 1, 0, 1).insert(1, Place.RUNS, 2, B, 1);
        story.effect(job, 2, 2).by(B).update(1, 2, B, 2);
        return this;
    }

    private void completed() {
        story.by(B).delete(1, Place.RUNS, 2, B, 2).end(1, 2, "completed");
    }

    private void assertBroken(Invariant... rules) {
        Told told = new Told(Map.of(job, 2), Map.of(), story.effects(), List.of());
        assertBroken(told, Map.of(), rules);
    }

    private HistoryCheck assertBroken(Told told, Map<String, Integer> limits, Invariant... rules) {
        HistoryCheck check = new HistoryCheck(story.history(), told, limits);
        List<Violation> found = check.violations();
        assertEquals(
                Set.of(rules), found.stream().map(Violation::invariant).collect(Collectors.toSet()), found::toString);
        return check;
    }

    @Test
    void aJobThatIsTakenOverAfterTheLeaseOfItsServerIsSound() {
        takenOver().completed();
        Told told = new Told(Map.of(job, 2), Map.of(job, "completed"), story.effects(), List.of());
        HistoryCheck check = assertBroken(told, Map.of("probe", 1));
        assertEquals(2, check.runs());
        assertEquals(1, check.takenRuns());
    }

    @Test
    void aJobInTwoPlacesIsFound() {
        takenOver();
        story.by(B).insert(1, Place.LATER, 2, 0, 2);
        story.by(B).delete(1, Place.LATER, 2, 0, 2).end(1, 2, "completed");
        assertBroken(Invariant.ONE_PLACE);
    }

    @Test
    void aRowThatGoesFromWhereTheJobIsNotIsFound() {
        takenOver();
        story.by(B).delete(1, Place.LATER, 2, 0, 2).end(1, 2, "completed");
        assertBroken(Invariant.ONE_PLACE);
    }

    @Test
    void aRunWithTheNumberOfTheOneBeforeIsFound() {
        takenOver();
        story.by(B).delete(1, Place.RUNS, 2, B, 2).insert(1, Place.RUNS, 2, B, 2);
        completed();
        assertBroken(Invariant.NEXT_EPOCH);
    }

    @Test
    void aRunThatLeavesOutANumberIsFound() {
        takenOver();
        story.by(B).delete(1, Place.RUNS, 2, B, 2).insert(1, Place.RUNS, 4, B, 2);
        story.by(B).delete(1, Place.RUNS, 4, B, 2).end(1, 4, "completed");
        assertBroken(Invariant.NEXT_EPOCH);
    }

    @Test
    void anExternalWorkerMayHaveItsRunBackThatEndedByItsLeaseButNoServerMay() {
        takenOver();
        story.by(B).delete(1, Place.RUNS, 2, B, 2).insert(1, Place.RUNS, 3, 0, 2);
        story.by(A).delete(1, Place.RUNS, 3, 0, 2).insert(1, Place.READY, 3, 0, 2);
        story.by(A).delete(1, Place.READY, 3, 0, 2).insert(1, Place.RUNS, 3, 0, 2);
        assertBroken(Invariant.ALL_END);
        story.by(B).delete(1, Place.RUNS, 3, 0, 2).insert(1, Place.RUNS, 3, B, 2);
        assertBroken(Invariant.ALL_END, Invariant.NEXT_EPOCH);
    }

    @Test
    void aClaimAndAnEndInOneTransactionOfASlotThatIsUsedAgainAreSound() {
        takenOver();
        story.by(B).update(1, 3, B, 2);
        story.by(B).delete(1, Place.RUNS, 3, B, 2).end(1, 3, "completed");
        assertBroken();
    }

    @Test
    void aWriteOfTheServerThatHadTheJobBeforeIsFound() {
        takenOver();
        story.by(A).update(1, 2, B, 2);
        completed();
        assertBroken(Invariant.FENCE);
    }

    @Test
    void aWriteOfNobodyKnownIsFound() {
        takenOver();
        story.byNobody().update(1, 2, B, 2);
        completed();
        assertBroken(Invariant.FENCE);
    }

    @Test
    void aClaimForAnotherServerIsFound() {
        takenOver();
        story.lease(A, 60 * SECOND);
        story.by(B).delete(1, Place.RUNS, 2, B, 2).insert(1, Place.RUNS, 3, A, 2);
        story.by(A).delete(1, Place.RUNS, 3, A, 2).end(1, 3, "completed");
        assertBroken(Invariant.FENCE);
    }

    @Test
    void aRunThatIsTakenBeforeTheEndOfTheLeaseIsFound() {
        takenOver();
        story.at(20 * SECOND).by(A).delete(1, Place.RUNS, 2, B, 2).end(1, 2, "completed");
        assertBroken(Invariant.LEASE);
    }

    @Test
    void aRunThatIsTakenAtTheMomentItsServerComesBackIsSound() {
        takenOver();
        story.at(60 * SECOND + 1).lease(B, 75 * SECOND);
        story.at(60 * SECOND + 2).by(A).delete(1, Place.RUNS, 2, B, 2).end(1, 2, "completed");
        assertBroken();
    }

    @Test
    void aRunOfAServerThatSaidGoodbyeMayBeTaken() {
        takenOver();
        story.at(20 * SECOND).lease(B, 0);
        story.by(A).delete(1, Place.RUNS, 2, B, 2).end(1, 2, "completed");
        assertBroken();
    }

    @Test
    void aClaimWithoutALeaseIsFound() {
        takenOver().completed();
        UUID other = story.job(2);
        story.at(61 * SECOND).by(B).insert(2, Place.RUNS, 1, B, 0);
        story.by(B).delete(2, Place.RUNS, 1, B, 0).end(2, 1, "completed");
        assertBroken(new Told(Map.of(other, 1), Map.of(), List.of(), List.of()), Map.of(), Invariant.CLAIM_HAS_LEASE);
    }

    @Test
    void aClaimOfAModuleWhoseWantedVersionRunsThereIsSoundAndOneOfAnotherVersionIsFound() {
        story.at(0).by(A).deployed("1", true).serves(A, "1").serves(B, "1");
        takenOver().completed();
        assertBroken();
        story.at(20 * SECOND).by(A).deployed("1", false).deployed("2", true).serves(A, "2");
        claimedLater(30);
        assertBroken(Invariant.CLAIM_IS_SERVED);
    }

    @Test
    void aServerWithoutAStepOfARollOutClaimsWithTheVersionBefore() {
        story.at(0).by(A).deployed("1", true).serves(A, "1").serves(B, "1");
        takenOver().completed();
        story.at(20 * SECOND).by(A).deployed("1", false).deployed("2", true).serves(A, "2");
        story.rollsOut(Fact.Table.ROLL_OUTS, 0, "1").rollsOut(Fact.Table.ROLL_OUT_STEPS, A, "");
        claimedLater(30);
        assertBroken();
        story.by(B).rollsOut(Fact.Table.ROLL_OUT_STEPS, B, "");
        claimedLater(40);
        assertBroken(Invariant.CLAIM_IS_SERVED);
    }

    @Test
    void aClaimMayRestOnWhatWasThereASecondBeforeItsTransaction() {
        story.at(0).by(A).deployed("1", true).serves(A, "1").serves(B, "1");
        takenOver().completed();
        story.at(30 * SECOND - 1).by(A).deployed("1", false).deployed("2", true);
        claimedLater(30);
        assertBroken();
    }

    @Test
    void aClaimOfAServerThatSaidNothingOfAModuleIsFound() {
        story.at(0).by(A).deployed("1", true).serves(A, "1");
        takenOver().completed();
        assertBroken(Invariant.CLAIM_IS_SERVED);
    }

    private void claimedLater(long second) {
        long number = second;
        story.job(number);
        story.at(second * SECOND).by(B).insert(number, Place.RUNS, 1, B, 0);
        story.by(B).delete(number, Place.RUNS, 1, B, 0).end(number, 1, "completed");
    }

    @Test
    void anEndedJobThatGoesOnIsFound() {
        takenOver().completed();
        story.by(B).deleteEnded(1, 2).insert(1, Place.READY, 2, 0, 2);
        story.by(B).delete(1, Place.READY, 2, 0, 2).end(1, 2, "completed");
        assertBroken(Invariant.END_STAYS);
    }

    @Test
    void aFinalResultThatIsGoneIsFound() {
        takenOver();
        story.by(B).update(1, 2, B, 1);
        story.by(B).delete(1, Place.RUNS, 2, B, 1).end(1, 2, "completed");
        assertBroken(Invariant.FINAL_RESULTS_STAY);
    }

    @Test
    void aLimitThatIsExceededIsFound() {
        takenOver();
        story.job(2);
        story.lease(A, 60 * SECOND);
        story.by(A).insert(2, Place.RUNS, 1, A, 0);
        completed();
        Told told = new Told(Map.of(job, 2), Map.of(), story.effects(), List.of());
        assertBroken(told, Map.of("probe", 1), Invariant.LIMIT);
        assertBroken(told, Map.of("probe", 2));
    }

    @Test
    void anAcceptedJobThatIsLostIsFound() {
        takenOver().completed();
        assertBroken(
                new Told(Map.of(new UUID(0, 9), 1), Map.of(), List.of(), List.of()),
                Map.of(),
                Invariant.ACCEPTED_IS_THERE);
    }

    @Test
    void anEndThatWasToldAndIsAnotherIsFound() {
        takenOver().completed();
        assertBroken(
                new Told(Map.of(), Map.of(job, "failed"), List.of(), List.of()), Map.of(), Invariant.TOLD_END_IS_THERE);
    }

    @Test
    void aJobThatNeverEndsIsFound() {
        takenOver();
        assertBroken(Invariant.ALL_END);
    }

    @Test
    void anEffectOfARunThatNobodyClaimedIsFound() {
        takenOver();
        story.effect(job, 3, 2);
        completed();
        assertBroken(Invariant.EFFECT_OF_RUN);
    }

    @Test
    void anEffectAfterTheRunWasTakenIsFoundUnlessItsServerCouldNotKnow() {
        takenOver();
        story.at(19 * SECOND).effect(job, 1, 3);
        completed();
        assertBroken(Invariant.NO_LATE_EFFECT);
        Told told = new Told(Map.of(job, 2), Map.of(), story.effects(), List.of(A));
        assertEquals(1, assertBroken(told, Map.of()).lateEffects());
    }

    @Test
    void aStepThatACheckpointCoversAndThatRunsAgainIsFound() {
        takenOver();
        story.effect(job, 2, 1);
        completed();
        assertBroken(Invariant.NO_REPEATED_STEP);
    }

    @Test
    void aStepThatRunsTwiceInOneRunIsFound() {
        takenOver();
        story.effect(job, 2, 2);
        completed();
        assertBroken(Invariant.NO_REPEATED_STEP);
    }

    @Test
    void aStepThatACompletedJobLeftOutIsFound() {
        takenOver().completed();
        Told told = new Told(Map.of(job, 3), Map.of(), story.effects(), List.of());
        assertBroken(told, Map.of(), Invariant.EACH_STEP);
    }
}
