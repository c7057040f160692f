package dev.pawl.processes;

import dev.pawl.api.module.InitializationException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.base.json.value.Json;
import dev.pawl.processes.child.Child;
import dev.pawl.processes.child.ChildEnvironment;
import dev.pawl.processes.child.Children;
import dev.pawl.processes.child.Limits;
import dev.pawl.processes.child.WarmProcesses;
import dev.pawl.processes.protocol.MessageParser;
import dev.pawl.processes.run.ModuleProcess;
import dev.pawl.processes.run.TaskFolder;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The way in which the processes of a module in a folder are started. */
final class FolderProcess implements ModuleProcess {

    /** The most bytes of an input in the environment; Linux refuses to start a program with a longer variable. */
    private static final int LONGEST_VARIABLE = 120 << 10;

    private static final Pattern REPLY_ID = Pattern.compile("[A-Za-z0-9_-]{1,60}");
    private static final String BOOT = "import sys; sys.path.insert(0, sys.argv.pop(1)); import pawl_worker";

    private final ModuleDescription description;
    private final ModuleFiles files;
    private final ShimFiles shims;
    private final PythonEnvironments python;
    private final Children children;
    private final WarmProcesses warm;
    private volatile @Nullable Path interpreter;

    FolderProcess(
            ModuleDescription description,
            ModuleFiles files,
            ShimFiles shims,
            PythonEnvironments python,
            Children children) {
        this.description = description;
        this.files = files;
        this.shims = shims;
        this.python = python;
        this.children = children;
        this.warm = children.warmProcesses();
    }

    @Override
    public void close() {
        warm.close();
    }

    @Override
    public void prepare() {
        try {
            files.folder();
            shims.programs();
        } catch (IOException e) {
            throw new InitializationException(
                    "The files of module " + description.id() + " cannot be unpacked: " + e.getMessage(), e);
        }
        if (description.runtime().isPython()) {
            try {
                interpreter();
            } catch (IOException | ProblemException e) {
                throw new InitializationException(String.valueOf(e.getMessage()), e);
            }
        }
    }

    @Override
    public Child start(TaskContext task) throws IOException {
        TaskFolder.make(task);
        if (description.reuses()) {
            Child waiting = warm.take();
            return waiting == null ? started(files.folder(), environment()) : waiting;
        }
        Map<String, String> environment = environment();
        environment.putAll(variables(task));
        return started(task.workDir(), environment);
    }

    private Child started(Path folder, Map<String, String> environment) throws IOException {
        return children.start(
                command(),
                folder,
                environment,
                Limits.ofProgram(description.memory()),
                new MessageParser(description.runtime() == ModuleDescription.Kind.COMMAND));
    }

    /** Python with the module's packages, which are installed anew when they are gone. */
    private Path interpreter() throws IOException {
        Path known = interpreter;
        if (known == null || !Files.isExecutable(known)) {
            known = python.interpreter(files.folder());
            interpreter = known;
        }
        return known;
    }

    private List<String> command() throws IOException {
        if (description.runtime().isPython()) {
            return List.of(
                    interpreter().toString(),
                    "-I",
                    "-X",
                    "utf8",
                    "-c",
                    BOOT,
                    shims.python().toString());
        }
        Path folder = files.folder();
        List<String> command = new ArrayList<>();
        for (String word : description.command()) {
            Path file = folder.resolve(word).normalize();
            boolean own = word.startsWith("./") || (command.isEmpty() && word.contains("/"));
            command.add(own && file.startsWith(folder) && Files.exists(file) ? file.toString() : word);
        }
        return command;
    }

    /** The variables that are the same for all of its tasks. */
    private Map<String, String> environment() throws IOException {
        Map<String, String> environment = ChildEnvironment.of(System.getenv(), description.environment());
        environment.put("PATH", shims.programs() + ":" + environment.getOrDefault("PATH", "/usr/bin:/bin"));
        environment.put("NODE_PATH", shims.javaScript().toString());
        environment.put("PAWL_MODULE", description.id());
        environment.put("PAWL_MODULE_DIR", files.folder().toString());
        return environment;
    }

    /** The variables of one task. */
    private Map<String, String> variables(TaskContext task) {
        String own = TaskFolder.of(task).toString();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("TMPDIR", own);
        environment.put("PAWL_JOB_ID", task.jobId());
        environment.put("PAWL_TASK", String.valueOf(task.taskIndex()));
        environment.put("PAWL_EPOCH", String.valueOf(task.epoch()));
        environment.put("PAWL_WORK_DIR", task.workDir().toString());
        environment.put("PAWL_FRESH_WORK_DIR", String.valueOf(task.isFreshWorkDir()));
        environment.put("PAWL_REPLIES", own);
        task.timeLeft().ifPresent(left -> environment.put("PAWL_DEADLINE_S", String.valueOf(left.toSeconds())));
        task.inputs().forEach((name, value) -> {
            String text = value == null ? "" : value instanceof String given ? given : Json.text(value);
            boolean fits = value != null
                    && !description.secretInputs().contains(name)
                    && text.indexOf('\0') < 0
                    && text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_VARIABLE;
            if (fits) {
                environment.put("PAWL_INPUT_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_"), text);
            }
        });
        task.checkpoint().forEach((name, value) -> {
            String text = value instanceof String given ? given : Json.text(value);
            if (name.matches("[A-Za-z0-9_]{1,100}")
                    && text.length() <= LONGEST_VARIABLE / 4
                    && text.indexOf('\0') < 0) {
                environment.put("PAWL_CHECKPOINT_" + name.toUpperCase(Locale.ROOT), text);
            }
        });
        return environment;
    }

    @Override
    public Map<String, Object> startFields(TaskContext task) {
        Map<String, Object> fields = new LinkedHashMap<>();
        try {
            fields.put("runtime", description.runtime().name().toLowerCase(Locale.ROOT));
            fields.put("module", description.id());
            fields.put("version", description.version());
            fields.put("module_dir", files.folder().toString());
        } catch (IOException e) {
            throw new InitializationException("The module's files are gone: " + e.getMessage(), e);
        }
        fields.put("entrypoint", description.entrypoint());
        fields.put("cleanup", description.cleansUp());
        fields.put("results", description.keepsResults() ? "keep" : "exact");
        if (description.reuses()) {
            fields.put("reuse", true);
            fields.put("environment", variables(task));
        }
        return fields;
    }

    @Override
    public boolean reuses() {
        return description.reuses();
    }

    @Override
    public void finished(Child child, boolean stays) {
        if (stays && description.reuses()) {
            warm.giveBack(child);
        } else {
            warm.end(child);
        }
    }

    @Override
    public boolean listens() {
        return description.runtime() != ModuleDescription.Kind.COMMAND;
    }

    @Override
    public boolean saysDone() {
        return description.runtime() != ModuleDescription.Kind.COMMAND;
    }

    @Override
    public boolean keepsResults() {
        return description.keepsResults();
    }

    @Override
    public Duration silence() {
        return description.silence();
    }

    @Override
    public void answer(TaskContext task, String id, Map<String, ?> message) throws IOException {
        if (!REPLY_ID.matcher(id).matches()) {
            return; // nobody waits for it
        }
        Path folder = TaskFolder.of(task);
        Path draft = folder.resolve("." + id + ".draft");
        Files.writeString(draft, Json.text(message) + "\n");
        Files.move(draft, folder.resolve(id + ".reply"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void forget(TaskContext task) {
        TaskFolder.remove(task);
    }
}
