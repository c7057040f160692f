package dev.pawl.testkit;

import dev.pawl.api.module.Module;
import dev.pawl.testkit.HarnessRun.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The mistakes that show only while a job runs; docs/writing-a-module.md has a row for each. */
class AuthorMistakesTest {

    private static void assertFails(Module module, String message) {
        JobHarness.of(() -> module).run().failedWith(Outcome.RUN_FAILED, message);
    }

    @Test
    void aResultThatIsNoValueIsNamedByItsPlace() {
        assertFails(
                task -> task.emit(Map.of("rows", new Object[] {1, new Object()})),
                "rows[1]: a java.lang.Object has nothing that could be written; it takes records, beans, maps");
        assertFails(task -> task.emit("done"), "is a java.lang.String, which is no JSON object; it takes a record");
    }

    @Test
    void aCheckpointOfAClassIsRefused() {
        assertFails(task -> task.checkpoint(Map.of("state", String.class)), "state: a java.lang.Class is no value");
        assertFails(
                task -> task.checkpoint(Map.of("state", Thread.currentThread())),
                "state: a java.lang.Thread is no value");
    }

    @Test
    void aClassInPlaceOfAValueToBeginWithIsRefused() {
        assertFails(
                task -> task.checkpoint("next", Integer.class),
                "task.checkpoint(\"next\", Integer.class) names a class; it takes the value for a job that has not saved one");
    }

    @Test
    void whatAConstructorThrowsFailsTheJobBeforeItRuns() {
        JobHarness.of(() -> {
                    throw new IllegalStateException("no database");
                })
                .run()
                .failedWith(Outcome.INITIALIZATION_FAILED, "no database");
    }
}
