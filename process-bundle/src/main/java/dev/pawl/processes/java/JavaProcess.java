package dev.pawl.processes.java;

import dev.pawl.api.module.InitializationException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.processes.child.Child;
import dev.pawl.processes.child.ChildEnvironment;
import dev.pawl.processes.child.Limits;
import dev.pawl.processes.child.WarmProcesses;
import dev.pawl.processes.protocol.Message;
import dev.pawl.processes.protocol.MessageParser;
import dev.pawl.processes.run.ModuleProcess;
import dev.pawl.processes.run.TaskFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The JVMs of one version of a module in Java: one for each task, and a spare one that has loaded what all need and waits for the next. */
final class JavaProcess implements ModuleProcess {

    private static final Logger LOG = LoggerFactory.getLogger(JavaProcess.class);
    private static final long ANSWER_MS = 30_000;

    private final JavaDescription description;
    private final ModuleClass type;
    private final Bundle bundle;
    private final JvmParts parts;
    private final ModuleClassPath classPath;
    private final WarmProcesses spares;

    JavaProcess(JavaDescription description, ModuleClass type, Bundle bundle, JvmParts parts) {
        this.description = description;
        this.type = type;
        this.bundle = bundle;
        this.parts = parts;
        this.classPath = new ModuleClassPath(bundle, parts);
        this.spares = parts.children().warmProcesses();
    }

    @Override
    public void prepare() {
        if (!type.problem().isEmpty()) {
            throw new InitializationException(
                    "Module " + description.id() + " cannot run in a process of its own: " + type.problem() + ".");
        }
    }

    @Override
    public Child start(TaskContext task) throws IOException {
        TaskFolder.make(task);
        Child waiting = spares.take();
        return waiting == null ? jvm() : waiting;
    }

    private Child jvm() throws IOException {
        List<Path> jars = classPath.jars();
        return parts.children()
                .start(
                        JvmCommand.of(jars, description.memory(), JvmCommand.archived(parts.archive())),
                        classPath.folder(),
                        ChildEnvironment.of(System.getenv(), List.of()),
                        Limits.ofJvm(description.memory(), description.said()),
                        new MessageParser(false));
    }

    @Override
    public Map<String, Object> startFields(TaskContext task) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("module", description.id());
        fields.put("version", bundle.getVersion().toString());
        fields.put("class", description.type());
        fields.put("cleanup", type.cleansUp());
        fields.put("temporary", TaskFolder.of(task).toString());
        fields.put("started_at", task.startTime().toString());
        fields.put("elapsed_ms", task.elapsed().toMillis());
        fields.put("trace_parent", task.traceParent().orElse(""));
        return fields;
    }

    @Override
    public boolean listens() {
        return true;
    }

    @Override
    public boolean saysDone() {
        return true;
    }

    @Override
    public boolean keepsResults() {
        return false;
    }

    @Override
    public void answer(TaskContext task, String id, Map<String, ?> message) {
        // It listens.
    }

    @Override
    public void finished(Child child, boolean stays) {
        spares.end(child);
        if (spares.lacksSpare()) {
            try {
                spares.spare(jvm());
            } catch (IOException e) {
                LOG.debug("No spare process for module {}.", description.id(), e);
            }
        }
    }

    @Override
    public Map<String, ?> migrate(Map<String, ?> checkpoint, Version from) throws Exception {
        if (!type.migrates()) {
            return checkpoint;
        }
        Map<String, Object> start = new LinkedHashMap<>();
        start.put("type", "start");
        start.put("next", "migrate");
        start.put("class", description.type());
        start.put("from", from.toString());
        start.put("checkpoint", checkpoint);
        try (Child child = jvm()) {
            child.send(start);
            return migrated(child);
        }
    }

    @SuppressWarnings("unchecked") // an object as it was read has texts for names
    private Map<String, ?> migrated(Child child) throws Exception {
        long end = System.nanoTime() + ANSWER_MS * 1_000_000;
        @Nullable Object answer = null;
        while (System.nanoTime() - end < 0) {
            Child.Output output = child.take(100);
            for (Message message : output.messages()) {
                if (message instanceof Message.Result result) {
                    answer = result.data();
                } else if (message instanceof Message.Failed failed) {
                    throw new InitializationException(failed.text());
                }
            }
            if (answer instanceof Map<?, ?> values) {
                return (Map<String, ?>) values;
            }
            if (output.over()) {
                break;
            }
        }
        throw new InitializationException("The process that was to migrate the checkpoint did not answer: "
                + String.join("\n", child.lastErrorLines()));
    }

    @Override
    public void forget(TaskContext task) {
        TaskFolder.remove(task);
    }

    @Override
    public void close() {
        spares.close();
    }
}
