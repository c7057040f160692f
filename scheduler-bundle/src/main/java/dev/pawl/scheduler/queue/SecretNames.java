package dev.pawl.scheduler.queue;

import dev.pawl.api.job.Job;
import dev.pawl.api.job.JobRequest;
import dev.pawl.api.job.JobState;
import dev.pawl.api.job.Task;
import dev.pawl.api.store.DocumentStore;
import dev.pawl.scheduler.schema.Json;
import dev.pawl.scheduler.schema.Secrets;
import dev.pawl.scheduler.schema.ValueSchema;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Which inputs and settings of which module are secret; remembered, so that jobs stay masked when their module has gone. */
public final class SecretNames {

    private static final String OWNER = "pawl:secrets";

    private final DocumentStore documents;
    private final ReentrantLock learning = new ReentrantLock();
    private final Map<String, Names> known = new ConcurrentHashMap<>();
    private final Map<String, Names> written = new ConcurrentHashMap<>(); // what the store has, or was given last

    private record Names(List<String> inputs, List<String> settings) {}

    /** Reads what was learnt before. */
    public SecretNames(DocumentStore documents) {
        this.documents = documents;
        for (String module : documents.names(OWNER)) {
            documents.get(OWNER, module).map(Json::object).ifPresent(document -> written.put(module, read(document)));
        }
        known.putAll(written);
    }

    /** Takes note of a module's secrets: they are masked at once, and written down again each time until that is on disk. */
    public void learn(String module, ValueSchema inputs, ValueSchema settings) {
        Names names = new Names(inputs.secretNames(), settings.secretNames());
        if (names.inputs().isEmpty() && names.settings().isEmpty() && !known.containsKey(module)) {
            return;
        }
        if (!names.equals(known.get(module)) || !names.equals(written.get(module))) {
            write(module, names);
        }
    }

    /** The job without its secrets. */
    public Job masked(Job job) {
        JobRequest request = job.request();
        List<Names> ofJob = request.tasks().stream()
                .map(task -> known.get(task.module()))
                .filter(names -> names != null)
                .toList();
        if (ofJob.isEmpty()) {
            return job;
        }
        List<String> settingNames = ofJob.stream()
                .flatMap(names -> names.settings().stream())
                .distinct()
                .toList();
        return new Job(job.id(), masked(request, settingNames), job.createdAt(), masked(job.state(), settingNames));
    }

    private JobRequest masked(JobRequest request, List<String> settingNames) {
        JobRequest.Builder copy = JobRequest.builder(
                        request.tasks().stream().map(this::masked).toList())
                .title(request.title())
                .settings(Secrets.masked(request.settings(), settingNames))
                .priority(request.priority())
                .retry(request.retry())
                .role(request.role());
        request.maxDuration().ifPresent(copy::maxDuration);
        request.uniqueKey().ifPresent(copy::uniqueKey);
        request.notBefore().ifPresent(copy::notBefore);
        return copy.build();
    }

    private Task masked(Task task) {
        Names names = known.get(task.module());
        return names == null ? task : new Task(task.module(), Secrets.masked(task.inputs(), names.inputs()));
    }

    private static JobState masked(JobState state, List<String> settingNames) {
        return new JobState(
                state.status(),
                state.epoch(),
                state.attempt(),
                state.crashes(),
                state.taskIndex(),
                state.checkpoint(),
                Secrets.masked(state.settings(), settingNames),
                state.progress(),
                state.elapsed(),
                state.startedAt(),
                state.completedAt(),
                state.dueAt(),
                state.moduleVersion(),
                state.checkpointVersion(),
                state.parked(),
                state.worker(),
                state.leasedUntil(),
                state.failure());
    }

    private void write(String module, Names names) {
        learning.lock(); // the store is given what is known, in that order
        try {
            known.put(module, names);
            written.put(module, names);
            var unused = documents.put(OWNER, module, text(names)).whenComplete((done, refused) -> {
                if (refused != null) {
                    written.remove(module, names);
                }
            });
        } finally {
            learning.unlock();
        }
    }

    private static String text(Names names) {
        return Json.text(Map.of("inputs", names.inputs(), "settings", names.settings()));
    }

    private static Names read(Map<String, Object> document) {
        return new Names(texts(document.get("inputs")), texts(document.get("settings")));
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
