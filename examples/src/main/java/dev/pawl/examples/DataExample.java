package dev.pawl.examples;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Counts its jobs in a document that the server keeps for the module across jobs: {@code pawl data get example-data visits} shows it. One
 * job at a time, since reading and writing a document are two steps.
 */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "example-data", name = "Example: data", concurrency = 1)
public final class DataExample implements Module {

    private static final String DOCUMENT = "visits";

    @Override
    public void run(TaskContext task) {
        long before = task.data()
                .get(DOCUMENT)
                .map(document -> (Number) document.getOrDefault("count", 0))
                .orElse(0)
                .longValue();
        task.data().put(DOCUMENT, Map.of("count", before + 1, "last_job", task.jobId()));
        task.emit(Map.of("visits", before + 1));
    }
}
