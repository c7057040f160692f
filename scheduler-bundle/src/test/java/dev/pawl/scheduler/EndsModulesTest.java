package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.base.json.value.Json;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.ModuleEndsContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EndsModulesTest extends ModuleEndsContract {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    @Override
    protected End end(Supplier<Module> maker, Map<String, Object> inputs) {
        running.modules.put("subject", 0, Inputs.class, AutomationModule.NoFields.class, maker);
        running.modulesChanged();
        String id;
        try {
            id = running.start(
                    JobRequest.builder(List.of(new Task("subject", inputs))).build());
        } catch (CompletionException e) {
            ProblemException refused = (ProblemException) e.getCause();
            return new End(refused.code(), null, String.valueOf(refused.getMessage()), List.of(), List.of());
        }
        eventually("the job ends", () -> running.status(id).isFinal());
        Job job = running.job(id);
        Failure failure = job.state().failure();
        return new End(
                null,
                failure,
                failure == null ? "" : failure.message(),
                running.results(id).stream().map(Json::object).toList(),
                running.scheduler.logs(id, 100).stream()
                        .filter(line -> line.taskIndex() >= 0)
                        .map(LogEntry::message)
                        .toList());
    }
}
