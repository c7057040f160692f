package dev.pawl.scheduler.queue;

import dev.pawl.base.json.value.Json;
import dev.pawl.scheduler.schema.SecretForms;
import dev.pawl.scheduler.schema.Secrets;
import dev.pawl.scheduler.schema.ValueSchema;
import dev.pawl.scheduler.secret.TaskSecrets;
import dev.pawl.scheduler.secret.UnreadableSecretException;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobState;
import dev.pawl.service.job.Progress;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.DocumentStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Names of the inputs and settings that are secret, by module; remembered, so that jobs stay masked when their module has gone. */
public final class SecretNames {

    /** The owner of the documents in which the names are. */
    static final String OWNER = "pawl:secrets";

    private static final Pattern SOUNDS_SECRET =
            Pattern.compile("(?i)passw|passphrase|secret|token|api[_-]?key|private[_-]?key|credential|authorization");

    private final DocumentStore documents;
    private final TaskSecrets secrets;
    private final ReentrantLock learning = new ReentrantLock();
    private final Map<String, Names> known = new ConcurrentHashMap<>();
    private final Map<String, Names> written =
            new ConcurrentHashMap<>(); // the names that the store has, or was given last

    /** Modules that were here and have no secrets. */
    private final Set<String> plain = ConcurrentHashMap.newKeySet();

    /** Names that are others than those known here: another server has, or had, another version of the module. */
    private final Map<String, Names> elsewhere = new ConcurrentHashMap<>();

    private record Names(List<String> inputs, List<String> settings) {

        Names and(Names other) {
            return new Names(all(inputs, other.inputs), all(settings, other.settings));
        }

        private static List<String> all(List<String> some, List<String> others) {
            return Stream.concat(some.stream(), others.stream()).distinct().toList();
        }
    }

    /**
     * Reads the names that were learnt before.
     *
     * @param secrets seals and opens secret values
     */
    public SecretNames(DocumentStore documents, TaskSecrets secrets) {
        this.secrets = secrets;
        this.documents = documents;
        for (String module : documents.names(OWNER)) {
            documents.get(OWNER, module).map(Json::object).ifPresent(document -> written.put(module, read(document)));
        }
        known.putAll(written);
    }

    /**
     * Learns the names of a module's secrets: the values are masked from now on, and the names are written with each call until they are
     * on disk.
     */
    public void learn(String module, ValueSchema inputs, ValueSchema settings) {
        Names names = new Names(inputs.secretNames(), settings.secretNames());
        if (names.inputs().isEmpty() && names.settings().isEmpty() && !known.containsKey(module)) {
            plain.add(module);
            return;
        }
        if (!names.equals(known.get(module)) || !names.equals(written.get(module))) {
            write(module, names);
        }
    }

    /** Reads the names that other servers have learnt. What is secret in one version of a module is so in all, as long as this process lasts. */
    void reread() {
        for (String module : documents.names(OWNER)) {
            documents
                    .get(OWNER, module)
                    .map(Json::object)
                    .map(SecretNames::read)
                    .ifPresent(names -> {
                        if (!names.equals(known.get(module))) {
                            elsewhere.merge(module, names, Names::and);
                        }
                    });
        }
    }

    private @Nullable Names names(String module) {
        Names here = known.get(module);
        Names there = elsewhere.get(module);
        if (here == null) {
            return there;
        }
        return there == null ? here : here.and(there);
    }

    /** The job without its secrets. */
    public Job masked(Job job) {
        JobRequest request = job.request();
        boolean hasSecrets = request.tasks().stream().anyMatch(task -> mayHold(task.module()));
        if (!hasSecrets) {
            return job;
        }
        List<String> settingNames = settingNames(request);
        return job.withRequest(masked(request, settingNames))
                .withState(masked(job.state(), settingNames, forms(job, settingNames)));
    }

    /** The request without its secrets. */
    public JobRequest masked(JobRequest request) {
        return masked(request, settingNames(request));
    }

    /** The request with its secrets sealed, as it is kept. */
    public JobRequest sealed(JobRequest request) {
        List<String> names = settingNames(request);
        return request.tasks().stream().noneMatch(task -> names(task.module()) != null)
                ? request
                : copy(
                        request,
                        task -> with(task, secrets.sealedInputs(task.module(), task.inputs(), ofInputs(task))),
                        secrets.sealedSettings(request.settings(), names));
    }

    /** The job with its secrets open, as an external worker takes it. */
    public Job opened(Job job) {
        return job.withRequest(opened(job.request()));
    }

    /** The request with its secrets open. */
    public JobRequest opened(JobRequest request) {
        return copy(
                request,
                task -> with(task, secrets.openedInputs(task.module(), task.inputs())),
                secrets.openedSettings(request.settings()));
    }

    /** The names of the inputs of a task that are secret. */
    public List<String> secretInputs(Task task) {
        return List.copyOf(inputNames(task));
    }

    private List<String> ofInputs(Task task) {
        Names names = names(task.module());
        return names == null ? List.of() : names.inputs();
    }

    private List<String> settingNames(JobRequest request) {
        return request.tasks().stream()
                .map(task -> names(task.module()))
                .filter(names -> names != null)
                .flatMap(names -> names.settings().stream())
                .distinct()
                .toList();
    }

    private static Task with(Task task, Map<String, Object> inputs) {
        return new Task(task.module(), inputs);
    }

    private JobRequest masked(JobRequest request, List<String> settingNames) {
        return copy(request, this::masked, Secrets.masked(request.settings(), settingNames));
    }

    private static JobRequest copy(JobRequest request, UnaryOperator<Task> task, Map<String, Object> settings) {
        return request.with(request.tasks().stream().map(task).toList(), settings);
    }

    private Task masked(Task task) {
        List<String> names = inputNames(task);
        return names.isEmpty() ? task : new Task(task.module(), Secrets.masked(task.inputs(), names));
    }

    private boolean mayHold(String module) {
        return names(module) != null || !plain.contains(module);
    }

    /** Names of the secret inputs of a task; of a module that was never here those that sound secret. */
    private List<String> inputNames(Task task) {
        Names names = names(task.module());
        if (names != null) {
            return names.inputs();
        }
        return plain.contains(task.module())
                ? List.of()
                : task.inputs().keySet().stream()
                        .filter(name -> SOUNDS_SECRET.matcher(name).find())
                        .toList();
    }

    /** Forms in which the checkpoint and progress of the job may hold its secrets: they are kept as the module gave them. */
    private List<String> forms(Job kept, List<String> settingNames) {
        if (kept.state().checkpoint().isEmpty()
                && kept.state().progress().info().equals(Map.of())) {
            return List.of();
        }
        return secretForms(kept, settingNames);
    }

    /** Forms in which the reports of an external worker may hold the secrets of the job. */
    public List<String> secretForms(Job kept) {
        return secretForms(kept, settingNames(kept.request()));
    }

    private List<String> secretForms(Job kept, List<String> settingNames) {
        Job job;
        Map<String, Object> settings;
        try {
            job = opened(kept);
            settings = secrets.openedSettings(kept.state().settings());
        } catch (UnreadableSecretException e) { // then its tasks do not run any more either
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (Task task : job.request().tasks()) {
            inputNames(task).forEach(name -> collectOfJob(task, task.inputs().get(name), texts));
            settingNames.forEach(
                    name -> collectOfJob(task, job.request().settings().get(name), texts));
        }
        for (String name : settingNames) {
            Object begunWith = settings.get(name);
            Secrets.collect(begunWith, texts);
            if (!job.request().settings().containsValue(begunWith)) { // then an admin gave it
                secrets.text(begunWith).ifPresent(text -> Secrets.collect(text, texts));
            }
        }
        return SecretForms.of(texts);
    }

    /** Adds the texts of a value that the job brings along for a task, and the one that it refers to. */
    private void collectOfJob(Task task, @Nullable Object value, List<String> texts) {
        Secrets.collect(value, texts);
        secrets.textOfJob(task.module(), value).ifPresent(text -> Secrets.collect(text, texts));
    }

    private static JobState masked(JobState state, List<String> settingNames, List<String> secrets) {
        Progress progress = state.progress();
        return state.withPosition(state.position()
                .withCheckpoint(Secrets.hidden(state.checkpoint(), secrets))
                .withSettings(Secrets.masked(state.settings(), settingNames))
                .withProgress(new Progress(progress.percent(), Secrets.hiddenIn(progress.info(), secrets))));
    }

    private void write(String module, Names names) {
        learning.lock(); // the store gets the names in the order in which they become known
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
