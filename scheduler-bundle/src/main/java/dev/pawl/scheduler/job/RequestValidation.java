package dev.pawl.scheduler.job;

import dev.pawl.api.module.Role;
import dev.pawl.scheduler.catalog.InstalledModule;
import dev.pawl.scheduler.catalog.InstalledModules;
import dev.pawl.scheduler.catalog.ModuleSettings;
import dev.pawl.scheduler.catalog.ReadyModules;
import dev.pawl.scheduler.queue.SecretNames;
import dev.pawl.scheduler.schema.InvalidValueException;
import dev.pawl.scheduler.schema.ValueSchema;
import dev.pawl.service.catalog.ModuleState;
import dev.pawl.service.data.JsonLimits;
import dev.pawl.service.data.TextLimit;
import dev.pawl.service.job.JobActions;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Validates a request before it becomes a job: its modules, their inputs, its settings. */
public final class RequestValidation {

    private final ReadyModules ready;
    private final InstalledModules installed;
    private final ModuleSettings configured;
    private final SecretNames secrets;
    private final Consumer<JobRequest> callbacks;

    /** A module that is ready or installed, with the schemas of its values. */
    private record KnownModule(String module, Role role, ValueSchema inputs, ValueSchema settings) {}

    /** Validates against the modules and settings that are there at each moment, and no callbacks. */
    public RequestValidation(
            ReadyModules ready, InstalledModules installed, ModuleSettings configured, SecretNames secrets) {
        this(ready, installed, configured, secrets, request -> {});
    }

    /**
     * Validates against the modules and settings that are there at each moment.
     *
     * @param callbacks refuses a request whose callback cannot be delivered
     */
    public RequestValidation(
            ReadyModules ready,
            InstalledModules installed,
            ModuleSettings configured,
            SecretNames secrets,
            Consumer<JobRequest> callbacks) {
        this.callbacks = callbacks;
        this.ready = ready;
        this.installed = installed;
        this.configured = configured;
        this.secrets = secrets;
    }

    /**
     * Validates a request.
     *
     * @param allInstalled whether a module that is not installed here is refused
     * @throws ProblemException that says what is wrong
     */
    public void check(JobRequest request, boolean allInstalled) {
        check(request, allInstalled, (known, i) -> known.inputs()
                .convert(request.tasks().get(i).inputs(), "an input of " + known.module()));
    }

    /**
     * Validates a request some of whose inputs come later. An input with a template is not looked at, since it may stand for one of these.
     *
     * @param later for each task the names of these inputs
     * @throws ProblemException that says what is wrong; also when a module requires an input that is neither given nor comes later
     */
    void checkSome(JobRequest request, List<Set<String>> later) {
        check(request, false, (known, i) -> known.inputs()
                .checkSome(request.tasks().get(i).inputs(), later.get(i), "an input of " + known.module()));
    }

    /** A check of the inputs of a task. */
    private interface InputCheck {
        void check(KnownModule known, int task);
    }

    private void check(JobRequest request, boolean allInstalled, InputCheck inputs) {
        checkSize(request);
        refuseOwn(request);
        List<KnownModule> modules = new ArrayList<>();
        List<Task> tasks = request.tasks();
        for (int i = 0; i < tasks.size(); i++) {
            Optional<KnownModule> known = known(tasks.get(i).module());
            if (known.isPresent()) {
                modules.add(known.get());
                checkRole(known.get(), request.role());
                checkInputs(known.get(), inputs, i, tasks.size() == 1 ? "" : "Task " + (i + 1) + ": ");
            } else if (allInstalled) {
                throw unknown(tasks.get(i).module());
            }
        }
        boolean othersToo = modules.size() < tasks.size();
        checkSettings(request, modules, othersToo);
        callbacks.accept(request);
    }

    /**
     * Requires that a module is installed, ready or not.
     *
     * @throws ProblemException when it is not
     */
    void requireInstalled(String module) {
        if (ready.current(module).isEmpty() && installed.find(module).isEmpty()) {
            throw new ProblemException(ProblemCode.NO_SUCH_MODULE, "There is no module \"" + module + "\".");
        }
    }

    /** The inputs of a module that is ready or installed. */
    Optional<ValueSchema> inputs(String module) {
        return known(module).map(KnownModule::inputs);
    }

    private Optional<KnownModule> known(String module) {
        Optional<KnownModule> known = ready.current(module)
                .map(version -> new KnownModule(module, version.role(), version.inputs(), version.settings()))
                .or(() -> installed
                        .find(module)
                        .filter(entry ->
                                entry.state() != ModuleState.RETIRING) // it will be gone before a new job could run
                        .map(entry -> new KnownModule(module, entry.role(), entry.inputs(), entry.settings())));
        known.ifPresent(found -> secrets.learn(module, found.inputs(), found.settings()));
        return known;
    }

    /** Checks what every job has to fulfil, whether its modules are known here or not. */
    private static void checkSize(JobRequest request) {
        for (Task task : request.tasks()) {
            if (!TextLimit.ID.fits(task.module())) {
                throw new ProblemException(
                        ProblemCode.INVALID_JOB,
                        "A task's module has " + task.module().length() + " characters; it takes 1 to "
                                + TextLimit.ID.characters() + ", not all of them blank.");
            }
        }
        requireSmall(
                "inputs",
                request.tasks().stream()
                        .mapToLong(task -> JsonLimits.bytes(task.inputs()))
                        .sum());
        requireSmall("settings", JsonLimits.bytes(request.settings()));
    }

    private static void refuseOwn(JobRequest request) {
        if (request.tasks().stream().anyMatch(task -> task.module().equals(JobActions.MODULE))) {
            throw new ProblemException(
                    ProblemCode.UNKNOWN_MODULE,
                    "The module " + JobActions.MODULE + " is the server's own; POST /jobs/actions starts its jobs.");
        }
    }

    private static void requireSmall(String what, long bytes) {
        if (bytes > JsonLimits.MOST_BYTES) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE,
                    "The " + what + " are " + bytes + " bytes; they take at most 1 MiB. Give large data as files.");
        }
    }

    private static void checkRole(KnownModule known, Role role) {
        if (!role.covers(known.role())) {
            throw new ProblemException(
                    ProblemCode.ROLE_NEEDED,
                    "A job of module " + known.module() + " takes the role "
                            + known.role().wireName() + "; this one was asked for by one with the role "
                            + role.wireName() + ".");
        }
    }

    private static void checkInputs(KnownModule known, InputCheck inputs, int task, String where) {
        try {
            inputs.check(known, task);
        } catch (InvalidValueException e) {
            throw new ProblemException(ProblemCode.INVALID_INPUT, where + e.getMessage(), e);
        }
    }

    private void checkSettings(JobRequest request, List<KnownModule> modules, boolean othersToo) {
        for (String name : request.settings().keySet()) {
            if (!othersToo
                    && modules.stream().noneMatch(known -> known.settings().has(name))) {
                String names = modules.stream()
                        .map(KnownModule::module)
                        .distinct()
                        .reduce((a, b) -> a + ", " + b)
                        .orElse("");
                throw new ProblemException(ProblemCode.INVALID_SETTING, name + " is not a setting of " + names + ".");
            }
        }
        for (KnownModule known : modules) {
            refuseAdminOnly(known, request);
            Map<String, Object> all =
                    new LinkedHashMap<>(known.settings().configured(configured.configured(known.module())));
            all.putAll(known.settings().own(request.settings()));
            try {
                known.settings().convert(all, "a setting of " + known.module());
            } catch (InvalidValueException e) {
                throw new ProblemException(
                        ProblemCode.INVALID_SETTING, "Module " + known.module() + ": " + e.getMessage(), e);
            }
        }
    }

    private static void refuseAdminOnly(KnownModule known, JobRequest request) {
        for (String name : request.settings().keySet()) {
            if (known.settings().isAdminOnly(name)) {
                throw new ProblemException(
                        ProblemCode.INVALID_SETTING,
                        name + " is a setting of " + known.module()
                                + " that no job can override; an admin configures it: " + "`pawl module settings "
                                + known.module() + " -s " + name + "=…`.");
            }
        }
    }

    private ProblemException unknown(String module) {
        List<String> ids = installed.all().stream().map(InstalledModule::id).toList();
        return new ProblemException(
                ProblemCode.UNKNOWN_MODULE,
                "There is no module \"" + module + "\"; "
                        + (ids.isEmpty() ? "none is installed." : "there are " + String.join(", ", ids) + "."));
    }
}
