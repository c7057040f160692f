package dev.pawl.it.framework;

import static dev.pawl.it.framework.ModuleUnderChange.LONG;
import static dev.pawl.it.framework.ModuleUnderChange.by;
import static dev.pawl.it.framework.ModuleUnderChange.outcomes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.job.JobMove;
import dev.pawl.service.job.UpdateMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** A dry run predicts the effects of a change on the jobs, and changes nothing. */
class DryRunIT {

    @TempDir
    static Path folder;

    @RegisterExtension
    static final ModuleUnderChange module = new ModuleUnderChange(() -> folder);

    @Test
    void aDryRunNamesTheJobsThatRunAndThoseThatWouldWaitAndDisturbsNone() throws IOException {
        module.install("2.0.0", UpdateMode.MOVE);
        int steps = 4 * LONG;
        String job = module.beginAndAwaitAStep(steps);
        module.pause("steps", true);
        String waits = module.begin(2);
        Map<String, String> before = state();

        Map<UpdateMode, JobMove.Outcome> forecast = Map.of(
                UpdateMode.MOVE,
                JobMove.Outcome.PARKED,
                UpdateMode.NOW,
                JobMove.Outcome.INTERRUPTED,
                UpdateMode.FINISH,
                JobMove.Outcome.RUNNING);
        forecast.forEach((mode, outcome) -> {
            ChangeOptions dry = by(mode).dry();
            Deployed update = module.deployer().install(module.jar("3.0.0"), InstallOptions.of(dry));
            Deployed back = module.deployer().rollback("steps", null, dry);
            Deployed disabled = module.deployer().disable("steps", dry);
            Deployed gone = module.deployer().uninstall("steps", dry);
            for (Deployed deployed : List.of(update, back, disabled, gone)) {
                assertEquals(outcomes(outcome, job), outcomes(deployed));
            }
            assertEquals(List.of(), update.impact().waiting());
            assertEquals(List.of(), back.impact().waiting());
            assertEquals(List.of(UUID.fromString(waits)), disabled.impact().waiting());
            assertEquals(List.of(UUID.fromString(waits)), gone.impact().waiting());
        });

        assertEquals(before, state());
        module.pause("steps", false);
        module.assertWhole(job, steps);
        assertEquals(1, module.runs(job), "it was never interrupted");
        module.assertWhole(waits, 2);
    }

    /** The state that a change would alter. */
    private static Map<String, String> state() throws IOException {
        Map<String, String> state = new HashMap<>();
        for (Bundle bundle : module.context().getBundles()) {
            state.put("bundle " + bundle.getBundleId(), bundle.getState() + " since " + bundle.getLastModified());
        }
        try (Stream<Path> artifacts = Files.list(module.data().resolve("artifacts"))) {
            for (Path artifact : artifacts.toList()) {
                state.put(artifact.toString(), Integer.toString(Arrays.hashCode(Files.readAllBytes(artifact))));
            }
        }
        state.put("record", module.deployment().toString());
        state.put("former", module.deployer().former("steps").toString());
        state.put("history", module.deployer().history("steps", 1_000).toString());
        return state;
    }
}
