package dev.pawl.it.modules.moved;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Emits what each run finds in the work folder, and leaves a file there. The first run goes on until the job is moved. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "moved", name = "Moved")
public final class MovedModule implements Module {

    @Override
    public void run(TaskContext task) throws IOException, InterruptedException {
        boolean isFresh = task.isFreshWorkDir();
        Path folder = task.workDir();
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            task.emit(Map.of("fresh", isFresh, "files", names));
        }
        Files.writeString(folder.resolve("of-run-" + task.epoch()), "x");
        task.checkpoint(Map.of("emitted", task.epoch()));
        while (task.epoch() == 1) {
            TimeUnit.MILLISECONDS.sleep(50);
            task.checkpoint(Map.of());
        }
    }
}
