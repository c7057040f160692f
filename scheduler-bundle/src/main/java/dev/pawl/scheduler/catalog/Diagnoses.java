package dev.pawl.scheduler.catalog;

import dev.pawl.service.catalog.Leak;
import dev.pawl.service.catalog.LingeringThread;
import dev.pawl.service.catalog.ModuleDiagnosis;
import dev.pawl.service.catalog.ModuleDiagnosis.Retiring;
import dev.pawl.service.job.JobStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.osgi.framework.Bundle;

/** Diagnoses of modules, from the framework, the component runtime, the store and the runs. */
public final class Diagnoses {

    private final BundleModules modules;
    private final ComponentDiagnosis components;
    private final Sources sources;

    /**
     * Sources beside the framework.
     *
     * @param jobs the jobs of a module by status
     * @param running the jobs that run on a bundle
     * @param abandoned the number of abandoned threads of a module
     * @param threads the threads of a module that go on after their runs
     * @param leaks of all modules
     */
    public record Sources(
            Function<String, Map<JobStatus, Long>> jobs,
            LongFunction<List<UUID>> running,
            ToIntFunction<String> abandoned,
            Function<String, List<LingeringThread>> threads,
            Supplier<List<Leak>> leaks) {}

    /** Asks its sources anew each time. */
    public Diagnoses(BundleModules modules, ComponentDiagnosis components, Sources sources) {
        this.modules = modules;
        this.components = components;
        this.sources = sources;
    }

    /** The diagnosis of one module. */
    public Optional<ModuleDiagnosis> of(String id) {
        return modules.bundleOf(id).map(bundle -> of(id, bundle));
    }

    /** The leaks of all modules. */
    public List<Leak> leaks() {
        return sources.leaks().get();
    }

    private ModuleDiagnosis of(String id, Bundle bundle) {
        return new ModuleDiagnosis(
                state(bundle.getState()),
                components.describe(bundle, id).orElse(null),
                sources.jobs().apply(id),
                sources.abandoned().applyAsInt(id),
                sources.threads().apply(id),
                modules.retiring(id).stream()
                        .map(old -> new Retiring(
                                old.getVersion().toString(), sources.running().apply(old.getBundleId())))
                        .toList(),
                leaks().stream().filter(leak -> leak.modules().contains(id)).toList());
    }

    private static String state(int state) {
        return switch (state) {
            case Bundle.UNINSTALLED -> "uninstalled";
            case Bundle.INSTALLED -> "installed";
            case Bundle.RESOLVED -> "resolved";
            case Bundle.STARTING -> "starting";
            case Bundle.STOPPING -> "stopping";
            default -> "active";
        };
    }
}
