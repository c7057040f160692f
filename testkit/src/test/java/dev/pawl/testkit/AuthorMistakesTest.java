package dev.pawl.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

    @Test
    void aLibraryThatAnotherNeedsIsMissedWithItsRemedy() {
        HarnessRun run = JobHarness.of(() -> task -> Class.forName("org.brotli.dec.BrotliInputStream"))
                .run()
                .failedWith(Outcome.RUN_FAILED, "java.lang.ClassNotFoundException: org.brotli.dec.BrotliInputStream");
        assertEquals(
                "The class is in no jar of the module, and no module exports its package. Add the <dependency> that contains it to"
                        + " pom.xml, without a <scope>; libraries name as optional what they need only at times.",
                run.failure().remedy());
    }
}
