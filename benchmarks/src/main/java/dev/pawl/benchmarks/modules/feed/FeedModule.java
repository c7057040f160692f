package dev.pawl.benchmarks.modules.feed;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.job.Task;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** Submits no-op jobs in batches of 100 and waits until all have ended; emits the seconds that it took. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "feed", name = "Feed", inputs = FeedModule.Inputs.class)
public final class FeedModule implements Module {

    private static final int BATCH = 100;

    private final Scheduler scheduler;

    @Activate
    public FeedModule(@Reference Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * The inputs.
     *
     * @param jobs the number of jobs, a multiple of 100
     */
    public record Inputs(int jobs) {}

    @Override
    public void run(TaskContext task) throws Exception {
        int jobs = task.inputs(Inputs.class).jobs();
        JobRequest job = JobRequest.builder(List.of(new Task("noop", Map.of()))).build();
        List<JobRequest> batch = Collections.nCopies(BATCH, job);
        long began = System.nanoTime();
        for (int n = 0; n < jobs; n += BATCH) {
            scheduler.start(batch).toCompletableFuture().get();
        }
        while (scheduler.status().pending() > 0 || scheduler.status().running().size() > 1) {
            Thread.sleep(1); // a look takes the processor from the jobs, and a millisecond is little beside seconds
        }
        task.emit(Map.of("seconds", (System.nanoTime() - began) / 1e9));
    }
}
