package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.store.Leadership;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The contract of every leadership, as tests. */
public abstract class LeadershipContract {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** The leadership under test, as the only server of its store has it. */
    protected abstract Leadership leadership();

    @Test
    void theOnlyServerLeadsInEachRoleAndGoesOn() {
        OptionalLong term = await(leadership().lead("a", MINUTE));
        assertTrue(term.isPresent());
        assertTrue(await(leadership().lead("a", MINUTE)).isPresent());
        assertTrue(await(leadership().lead("b", MINUTE)).isPresent());
    }

    @Test
    void aServerThatHasConcededMayLeadAgain() {
        OptionalLong term = await(leadership().lead("a", MINUTE));
        await(leadership().concede("a", term.orElseThrow()));
        await(leadership().concede("a", term.orElseThrow()));
        assertTrue(await(leadership().lead("a", MINUTE)).isPresent());
    }
}
