package dev.pawl.scheduler.run;

import dev.pawl.api.module.InitializationException;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Role;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.scheduler.schema.InvalidValueException;
import dev.pawl.scheduler.secret.UnreadableSecretException;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/** One task of a run: its module's instance and the calls into it. Used by the run's thread alone. */
final class TaskStep {

    /** Makes the context of a task, once its values are known. */
    interface Contexts {
        RunTaskContext of(TaskStep step, TaskValues values);
    }

    private interface Call {
        void on(Module module, RunTaskContext context) throws Exception;
    }

    private final Job job;
    private final int index;
    private final ModuleVersion version;
    private final TaskServices services;
    private @Nullable TaskValues values;
    private volatile @Nullable RunTaskContext context;
    private @Nullable Module instance;
    private Optional<ForeignCheckpoint> foreign = Optional.empty();

    TaskStep(Job job, int index, ModuleVersion version, TaskServices services) {
        this.job = job;
        this.index = index;
        this.version = version;
        this.services = services;
    }

    ModuleVersion version() {
        return version;
    }

    int index() {
        return index;
    }

    @Nullable
    RunTaskContext context() {
        return context;
    }

    /** Works out the values of the task and makes the instance of the module. */
    @Nullable
    Failure initialize(Contexts contexts) {
        Role role = job.request().role();
        if (!role.covers(version.role())) { // the module came, or was updated, after the job was taken
            return FailureText.of(
                    Phase.VALIDATE,
                    index,
                    version.id(),
                    "A job of module " + version.id() + " takes the role "
                            + version.role().wireName() + "; this one was asked for by one with the role "
                            + role.wireName() + ".");
        }
        try {
            values = TaskValues.of(job, index, version, services.settings(), services.secrets());
        } catch (InvalidValueException | UnreadableSecretException e) {
            return FailureText.of(Phase.VALIDATE, index, version.id(), String.valueOf(e.getMessage()));
        }
        services.leakedThreads().hide(values.secrets());
        RunTaskContext made = contexts.of(this, values);
        context = made;
        foreign = ForeignCheckpoint.of(job, index, version);
        Optional<Failure> refusal = foreign.flatMap(ForeignCheckpoint::refusal);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Failure failure = failure(Phase.INITIALIZE, inside(made, () -> {
            instance = version.create();
        }));
        return failure == null ? takeOver() : failure;
    }

    /** Lets the module turn the checkpoint of another version into its own. */
    private @Nullable Failure takeOver() {
        if (foreign.isEmpty() || !has("migrate", Map.class, Version.class)) {
            return null;
        }
        ForeignCheckpoint checkpoint = foreign.get();
        Failure failure = failure(
                Phase.INITIALIZE,
                call((module, task) -> task.takeOver(module.migrate(checkpoint.values(), checkpoint.from()))));
        return failure == null ? null : checkpoint.failed(failure);
    }

    /** Validates the inputs by their record and by the module. */
    @Nullable
    Failure validate() {
        return failure(Phase.VALIDATE, call((module, task) -> {
            try {
                task.inputs(version.inputsType());
            } catch (IllegalArgumentException e) {
                throw new ValidationException(String.valueOf(e.getMessage()), e);
            }
            module.validate(task);
        }));
    }

    /** Does the work; returns the exception that it threw. */
    @Nullable
    Throwable run(RunJournal journal) {
        Map<String, Object> settings = values == null ? Map.of() : values.kept();
        journal.begin(
                index,
                version.version(),
                services.secrets().sealedSettings(settings, version.settings().secretNames()));
        return call(Module::run);
    }

    /** Whether its module has a cleanup of its own. */
    boolean cleansUp() {
        return has("cleanup", TaskContext.class);
    }

    private boolean has(String method, Class<?>... parameters) {
        Module module = instance;
        try {
            return module != null
                    && module.getClass().getMethod(method, parameters).getDeclaringClass() != Module.class;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /** Frees what the work took; returns the failure of that, if any. */
    @Nullable
    Failure cleanup() {
        return failure(Phase.CLEANUP, call((module, task) -> {
            task.cleaning();
            module.cleanup(task);
        }));
    }

    /** Gives the instance back; harmless a second time. */
    void release() {
        Module given = instance;
        RunTaskContext task = context;
        instance = null;
        if (given != null && task != null) {
            inside(task, () -> version.release(given));
        }
    }

    Failure failureOf(Phase phase, Throwable thrown) {
        Failure failure =
                FailureText.of(phase, index, version.id(), thrown, values == null ? List.of() : values.secrets());
        return thrown instanceof UnreadableCheckpointException && foreign.isPresent()
                ? foreign.get().failed(failure)
                : failure;
    }

    private @Nullable Failure failure(Phase phase, @Nullable Throwable thrown) {
        return thrown == null ? null : failureOf(phase, thrown);
    }

    private @Nullable Throwable call(Call call) {
        Module module = instance;
        RunTaskContext task = context;
        if (module == null || task == null) {
            return new InitializationException("There is no instance of the module.");
        }
        return inside(task, () -> call.on(module, task));
    }

    private interface Work {
        void go() throws Exception;
    }

    /** Runs module code: anything that it throws, errors included, is the failure of this task alone. */
    private @Nullable Throwable inside(RunTaskContext task, Work work) {
        Thread thread = Thread.currentThread();
        ClassLoader former = thread.getContextClassLoader();
        String name = thread.getName();
        thread.setContextClassLoader(version.loader());
        services.jobLog().enter(task);
        try {
            work.go();
            return null;
        } catch (Throwable t) {
            return t;
        } finally {
            services.jobLog().leave();
            thread.setContextClassLoader(former);
            if (!name.equals(thread.getName())) {
                thread.setName(name); // a name that the module gave it is for the time of its work
            }
        }
    }
}
