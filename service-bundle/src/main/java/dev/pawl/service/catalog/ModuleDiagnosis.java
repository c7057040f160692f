package dev.pawl.service.catalog;

import dev.pawl.service.data.TextLimit;
import dev.pawl.service.job.JobStatus;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How one module does, for whoever looks closely.
 *
 * @param bundleState of the bundle in the framework, such as {@code active}, {@code resolved} or {@code installed}
 * @param component its component as Declarative Services sees it; null when there is none
 * @param jobs how many jobs with a task of it there are in each status
 * @param abandonedThreads how many of its threads would not end and were given up
 * @param retiring its other versions that run to the end of their last job
 * @param leaks its versions that are gone and whose classes are still in memory
 */
public record ModuleDiagnosis(
        String bundleState,
        @Nullable Component component,
        Map<JobStatus, Long> jobs,
        int abandonedThreads,
        List<Retiring> retiring,
        List<Leak> leaks) {

    public ModuleDiagnosis {
        jobs = Map.copyOf(jobs);
        retiring = List.copyOf(retiring);
        leaks = List.copyOf(leaks);
    }

    /**
     * A component.
     *
     * @param name its name
     * @param state such as {@code satisfied}, {@code unsatisfied reference} or {@code failed activation}
     * @param references the services it refers to
     * @param configuration what it may or must be configured with
     * @param failure what its activation threw last, kept to {@link TextLimit#MESSAGE}; null when it threw nothing
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
     * What a component refers to.
     *
     * @param name within the component
     * @param service the type of the service
     * @param target the filter it must match; null for none
     * @param satisfied whether as many are there as it needs
     */
    public record Reference(
            String name, String service, @Nullable String target, boolean satisfied) {}

    /**
     * What configures a component, by Configuration Admin.
     *
     * @param pid what it is kept under
     * @param required whether the component does nothing without it
     * @param present whether there is one
     */
    public record Configuration(String pid, boolean required, boolean present) {}

    /**
     * A version that takes no more jobs.
     *
     * @param version the bundle's
     * @param jobs those that run there
     */
    public record Retiring(String version, List<UUID> jobs) {

        public Retiring {
            jobs = List.copyOf(jobs);
        }
    }
}
