package dev.pawl.service.catalog;

import dev.pawl.service.data.TextLimit;
import dev.pawl.service.job.JobStatus;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The details of one module's condition, for an operator who looks for a fault.
 *
 * @param bundleState the bundle's state in the framework, such as {@code active}, {@code resolved} or {@code installed}
 * @param component its component as Declarative Services sees it; null when there is none
 * @param jobs the number of jobs with a task of this module, by status
 * @param abandonedThreads the number of its threads that did not end after an interrupt and were abandoned
 * @param threads its threads that go on after their runs, {@link LingeringThread#MOST} at most
 * @param retiring its other versions, which go when their last job has ended
 * @param leaks its leaked versions
 */
public record ModuleDiagnosis(
        String bundleState,
        @Nullable Component component,
        Map<JobStatus, Long> jobs,
        int abandonedThreads,
        List<LingeringThread> threads,
        List<Retiring> retiring,
        List<Leak> leaks) {

    public ModuleDiagnosis {
        jobs = Map.copyOf(jobs);
        threads = List.copyOf(threads);
        retiring = List.copyOf(retiring);
        leaks = List.copyOf(leaks);
    }

    /** The same without the threads, whose stacks are for operators. */
    public ModuleDiagnosis withoutThreads() {
        return new ModuleDiagnosis(bundleState, component, jobs, abandonedThreads, List.of(), retiring, leaks);
    }

    /**
     * A Declarative Services component.
     *
     * @param name its name
     * @param state such as {@code satisfied}, {@code unsatisfied reference} or {@code failed activation}
     * @param references the services it refers to
     * @param configuration the configurations that it may or must have
     * @param failure the exception that its last activation threw, cut to {@link TextLimit#MESSAGE}; null when it threw none
     */
    public record Component(
            String name,
            String state,
            List<Reference> references,
            List<Configuration> configuration,
            @Nullable String failure) {

        public Component {
            references = List.copyOf(references);
            configuration = List.copyOf(configuration);
            failure = TextLimit.MESSAGE.keptOrNull(failure);
        }
    }

    /**
     * A reference of a component to a service.
     *
     * @param name the reference's name within the component
     * @param service the type of the service
     * @param target the filter it must match; null for none
     * @param satisfied whether enough matching services are registered
     */
    public record Reference(
            String name, String service, @Nullable String target, boolean satisfied) {}

    /**
     * A Configuration Admin configuration of a component.
     *
     * @param pid its persistent identity
     * @param required whether the component cannot be satisfied without it
     * @param present whether it exists
     */
    public record Configuration(String pid, boolean required, boolean present) {}

    /**
     * A retiring version: it takes no more jobs.
     *
     * @param version the bundle's
     * @param jobs the jobs that still run on it
     */
    public record Retiring(String version, List<UUID> jobs) {

        public Retiring {
            jobs = List.copyOf(jobs);
        }
    }
}
