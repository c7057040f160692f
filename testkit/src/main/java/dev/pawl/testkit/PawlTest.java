package dev.pawl.testkit;

import dev.pawl.api.module.Module;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests of a module. Each test with a parameter of type {@link JobHarness} gets a job of its own, with an empty work folder.
 *
 * <pre>{@code
 * @PawlTest(CountModule.class)
 * class CountModuleTest {
 *
 *     @Test
 *     void countsToThree(JobHarness job) {
 *         job.inputs(Map.of("up_to", 3)).run().isCompleted().hasResults(Map.of("n", 1), Map.of("n", 2), Map.of("n", 3));
 *     }
 *
 *     @Test
 *     void goesOnWhereItStopped(JobHarness job) {
 *         job.inputs(Map.of("up_to", 3)).resumesExactly();
 *     }
 * }
 * }</pre>
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(HarnessParameter.class)
public @interface PawlTest {

    /** The module, which has a constructor without parameters. */
    Class<? extends Module> value();
}
