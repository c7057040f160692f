package dev.pawl.benchmarks.modules.feed;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.job.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** Submits one job after the other, each to an idle server; emits the nanoseconds from each submission to the first line of its module. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "one-by-one", name = "One by one", inputs = OneByOneModule.Inputs.class)
public final class OneByOneModule implements Module {

    private static final int PAUSE_MS = 5;

    private final Scheduler scheduler;

    @Activate
    public OneByOneModule(@Reference Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * The inputs.
     *
     * @param jobs the number of jobs
     */
    public record Inputs(int jobs) {}

    @Override
    public void run(TaskContext task) throws Exception {
        JobRequest job =
                JobRequest.builder(List.of(new Task(BegunModule.ID, Map.of()))).build();
        int jobs = task.inputs(Inputs.class).jobs();
        List<Long> nanos = new ArrayList<>();
        for (int n = 0; n < jobs; n++) {
            long submitted = System.nanoTime();
            scheduler.start(job).toCompletableFuture().get();
            nanos.add(BegunModule.BEGUN.take() - submitted);
            Thread.sleep(PAUSE_MS); // lets the server become idle again
        }
        task.emit(Map.of("nanos", nanos));
    }
}
