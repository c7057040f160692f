package dev.pawl.it.framework;

import static dev.pawl.it.framework.ModuleUnderChange.LONG;
import static dev.pawl.it.framework.ModuleUnderChange.STEPS;
import static dev.pawl.it.framework.ModuleUnderChange.by;
import static dev.pawl.it.framework.ModuleUnderChange.outcomes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.counter.CounterModule;
import dev.pawl.it.modules.steps.StepsModule;
import dev.pawl.service.catalog.ModuleEntry;
import dev.pawl.service.catalog.ModuleState;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.job.JobMove;
import dev.pawl.service.job.ReasonCode;
import dev.pawl.service.job.UpdateMode;
import dev.pawl.testkit.Eventually;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/** Two modules that depend on each other: one bundle uses the other's packages, or one bundle contains both. */
class EntangledModulesIT {

    private static final String COUNTER = CounterModule.class.getPackageName();

    @TempDir
    static Path folder;

    @RegisterExtension
    static final ModuleUnderChange module = new ModuleUnderChange(() -> folder);

    private static final Map<String, String> EXPORTING =
            Map.of("Private-Package", "", "Export-Package", STEPS + ";-noimport:=true");

    private static void addCounterThatUsesSteps() {
        module.deployer().uninstall("steps", by(UpdateMode.NOW));
        module.add(ModuleJar.of(StepsModule.class, "1.0.0", module.data(), EXPORTING));
        module.add(ModuleJar.of(CounterModule.class, "1.0.0", folder, Map.of("Import-Package", STEPS + ",*")));
    }

    @Test
    void aModuleThatLosesThePackageOfAnotherNamesItUntilItIsBack() {
        addCounterThatUsesSteps();

        module.deployer().uninstall("steps", by(UpdateMode.NOW));

        ModuleEntry counter = module.catalog().module("counter").orElseThrow();
        assertEquals(ModuleState.FAILED, counter.state());
        assertEquals("Its bundle does not resolve; missing: package " + STEPS + ".", counter.explanation());
        module.add(ModuleJar.of(StepsModule.class, "1.0.0", module.data(), EXPORTING));
        assertEquals(
                ModuleState.READY,
                module.catalog().module("counter").orElseThrow().state());
    }

    @Test
    void aModuleThatMaySeeTheServersLibrariesNoMoreNamesThem() {
        String json = "com.fasterxml.jackson.core";
        module.add(ModuleJar.of(CounterModule.class, "1.0.0", folder, Map.of("Import-Package", json + ",*")));
        Bundle counter = Arrays.stream(module.context().getBundles())
                .filter(bundle -> COUNTER.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
        ResolverHookFactory hiding = triggers -> new Hiding(json);
        ServiceRegistration<?> hook = module.context().registerService(ResolverHookFactory.class, hiding, null);
        try {
            module.context()
                    .getBundle(0)
                    .adapt(FrameworkWiring.class)
                    .refreshBundles(List.of(counter)); // as a restart does

            Eventually.eventually("the reason", () -> module.catalog()
                    .module("counter")
                    .orElseThrow()
                    .explanation()
                    .startsWith("Its bundle does not resolve; missing: package " + json
                            + " (the server has it for itself; the bundle must bring its own)"));
        } finally {
            hook.unregister();
        }
    }

    /** Hides a package from all bundles, as the launcher's hook hides it from modules. */
    private record Hiding(String name) implements ResolverHook {

        @Override
        public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
            candidates.removeIf(
                    candidate -> name.equals(candidate.getAttributes().get("osgi.wiring.package")));
        }

        @Override
        public void filterResolvable(Collection<BundleRevision> candidates) {}

        @Override
        public void filterSingletonCollisions(BundleCapability singleton, Collection<BundleCapability> candidates) {}

        @Override
        public void end() {}
    }

    @Test
    void anUpdateOfABundleThatOthersUseMovesTheirJobsToo() {
        addCounterThatUsesSteps();
        String job = module.beginAndAwaitAStep();
        String counting = module.countAndAwaitANumber();
        Path next = ModuleJar.of(StepsModule.class, "2.0.0", module.data(), EXPORTING);

        Deployed dry = module.deployer()
                .install(next, InstallOptions.of(by(UpdateMode.MOVE).dry()));
        Deployed update = module.deployer().install(next, InstallOptions.of(by(UpdateMode.MOVE)));

        assertEquals(List.of(COUNTER), dry.impact().touched());
        assertEquals(outcomes(dry), outcomes(update));
        assertEquals(outcomes(JobMove.Outcome.PARKED, job, counting), outcomes(update));
        module.assertWhole(job, LONG);
        module.assertWhole(counting, LONG);
        assertEquals(2, module.runs(counting));
    }

    @Test
    void aModuleThatItsBundleDropsWaitsAndGoesOnInTheBundleThatBringsIt() {
        module.deployer().uninstall("steps", by(UpdateMode.NOW));
        module.add(both("1.0.0"));
        String job = module.beginAndAwaitAStep();
        String counting = module.countAndAwaitANumber();
        module.pause("counter", true);
        String waits = module.count(2);

        Deployed dry = module.deployer()
                .install(
                        module.jar("2.0.0"),
                        InstallOptions.of(by(UpdateMode.MOVE).dry()));
        assertEquals(
                List.of("counter"),
                dry.impact().vanishes().stream().map(offer -> offer.name()).toList());
        assertEquals(List.of(UUID.fromString(waits)), dry.impact().waiting());
        Deployed update = module.install("2.0.0", UpdateMode.MOVE);

        assertEquals(outcomes(JobMove.Outcome.PARKED, job, counting), outcomes(update));
        assertEquals(ReasonCode.MODULE_MISSING, module.why(counting));
        module.assertWhole(job, LONG);
        module.add(ModuleJar.of(CounterModule.class, "1.0.0", folder));
        module.pause("counter", false);
        module.assertWhole(counting, LONG);
        module.assertWhole(waits, 2);
    }

    @Test
    void aModuleThatItsBundleDropsMayFinishThere() {
        module.deployer().uninstall("steps", by(UpdateMode.NOW));
        module.add(both("1.0.0"));
        String counting = module.countAndAwaitANumber();
        module.install("2.0.0", UpdateMode.FINISH);
        module.assertWhole(counting, LONG);
        assertEquals(1, module.runs(counting));
        assertEquals("2.0.0", module.leftInTheEnd());
    }

    private static Path both(String version) {
        return ModuleJar.of(
                StepsModule.class, version, module.data(), Map.of("Private-Package", STEPS + "," + COUNTER));
    }
}
