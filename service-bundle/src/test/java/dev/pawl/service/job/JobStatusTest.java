package dev.pawl.service.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobStatusTest {

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "FAILED", "STOPPED"})
    void anEndedJobNeverMovesAgain(JobStatus status) {
        assertTrue(status.isFinal());
        assertEquals(Set.of(), status.successors());
    }

    @Test
    void aWaitingJobCannotCompleteWithoutRunning() {
        assertEquals(
                EnumSet.of(JobStatus.RUNNING, JobStatus.STOPPED, JobStatus.FAILED), JobStatus.PENDING.successors());
    }

    @Test
    void theWireWordsAreTheContractsOwn() {
        assertEquals("pending", JobStatus.PENDING.wireName());
        assertEquals("completed", JobStatus.COMPLETED.wireName());
    }
}
