package dev.pawl.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.api.module.Module;
import dev.pawl.service.job.Failure;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.HarnessRun.Outcome;
import java.util.Map;
import java.util.function.Supplier;

class HarnessEndsTest extends ModuleEndsContract {

    @Override
    protected End end(Supplier<Module> maker, Map<String, Object> inputs) {
        HarnessRun run = JobHarness.of(maker).inputs(inputs).run();
        if (run.thrown() instanceof ProblemException refused) {
            assertEquals(Outcome.VALIDATION_FAILED, run.outcome());
            return new End(refused.code(), null, String.valueOf(refused.getMessage()), run.results(), run.lines());
        }
        Failure failure = run.failure();
        assertEquals(outcome(failure), run.outcome());
        return new End(null, failure, failure == null ? "" : failure.message(), run.results(), run.lines());
    }

    private static Outcome outcome(Failure failure) {
        if (failure == null) {
            return Outcome.COMPLETED;
        }
        return switch (failure.phase()) {
            case INITIALIZE -> Outcome.INITIALIZATION_FAILED;
            case VALIDATE -> Outcome.VALIDATION_FAILED;
            case RUN -> Outcome.RUN_FAILED;
            case CLEANUP -> Outcome.CLEANUP_FAILED;
            case WAIT -> throw new AssertionError("A job of the harness waits for no other.");
        };
    }
}
