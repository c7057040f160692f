package dev.pawl.scheduler.child;

import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.InitializationException;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskCancelledException;
import dev.pawl.api.module.ValidationException;
import dev.pawl.base.json.value.Json;
import dev.pawl.scheduler.schema.ModuleMapper;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/**
 * The program of a JVM that runs one task of a module, whose class the first message names. It loads what every task needs before that
 * message comes, so that one that waits is warm.
 */
public final class ChildProgram {

    private static final long HOOK_MS = 5_000;

    private final ChildChannel channel;
    private final ModuleMapper mapper;

    private ChildProgram(ChildChannel channel, ModuleMapper mapper) {
        this.channel = channel;
        this.mapper = mapper;
    }

    /** Runs the task that the server sends. */
    public static void main(String[] arguments) throws IOException {
        ChildChannel channel =
                new ChildChannel(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
        FileOutputStream log = new FileOutputStream(FileDescriptor.err);
        System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8)); // what a module prints is a line of the log
        System.setIn(InputStream.nullInputStream());
        ModuleMapper mapper = new ModuleMapper();
        mapper.record(Json.object(Json.text(Map.of("ready", true))), Ready.class);
        Map<String, Object> start = channel.first();
        if (start == null) {
            Runtime.getRuntime().halt(0);
            return;
        }
        new ChildProgram(channel, mapper).serve(start);
        channel.ends();
        System.exit(0);
    }

    private record Ready(boolean ready) {}

    private void serve(Map<String, Object> start) {
        Thread reader = new Thread(channel::listen, "pawl-channel");
        reader.setDaemon(true);
        reader.start();
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(main), "pawl-stop"));
        channel.send(Map.of("type", "ready", "protocol", 1, "shim", "java 1"));
        if (start.get("temporary") instanceof String folder) {
            System.setProperty("java.io.tmpdir", folder);
        }
        ChildTask task = new ChildTask(start, channel, mapper);
        ChildLogging.begin(task);
        try {
            serve(String.valueOf(start.get("next")), start, task);
        } catch (Throwable thrown) {
            fail(task, thrown);
        }
    }

    /** A signal asked for the end: the module has a moment for its last words. */
    private void interrupt(Thread main) {
        channel.ends();
        if (Arrays.stream(main.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals("java.lang.Shutdown"))) {
            return; // it has asked for the end itself, and waits for this thread
        }
        main.interrupt();
        try {
            main.join(HOOK_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(String phase, Map<String, Object> start, ChildTask task) throws Exception {
        Module module = module(String.valueOf(start.get("class")));
        switch (phase) {
            case "migrate" -> {
                Map<String, ?> migrated =
                        module.migrate(task.checkpoint(), new Version(String.valueOf(start.get("from"))));
                channel.send(
                        "{\"type\":\"result\",\"data\":", mapper.object("The checkpoint", migrated, Integer.MAX_VALUE));
                channel.send(Map.of("type", "done"));
            }
            case "validate" -> {
                module.validate(task);
                channel.send(Map.of("type", "valid"));
            }
            case "cleanup" -> cleanup(module, task);
            default -> run(module, task, Boolean.TRUE.equals(start.get("cleanup")));
        }
    }

    private void run(Module module, ChildTask task, boolean cleansUp) throws Exception {
        try {
            module.run(task);
            channel.send(Map.of("type", "done"));
        } catch (TaskCancelledException e) {
            if (!task.isLeaving()) {
                throw e; // of the module's own making
            }
            return;
        } catch (Exception e) {
            if (!cleansUp) {
                throw e;
            }
            fail(task, e);
        }
        if (cleansUp) {
            channel.awaitCleanup();
            cleanup(module, task);
        }
    }

    private void cleanup(Module module, ChildTask task) throws CleanupException {
        task.cleaning();
        module.cleanup(task);
        channel.send(Map.of("type", "done"));
    }

    private static Module module(String name) {
        try {
            return Class.forName(name).asSubclass(Module.class).getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new InitializationException(spoken(cause), cause);
        } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
            throw new InitializationException("The module's class cannot be used: " + e, e);
        }
    }

    private void fail(ChildTask task, Throwable thrown) {
        if (thrown instanceof OutOfMemoryError) {
            say("Terminating due to " + thrown + "\n"); // as the JVM says it
            Runtime.getRuntime().halt(3);
        }
        if (thrown instanceof TaskCancelledException && task.isLeaving()) {
            return;
        }
        Map<String, Object> failed = new LinkedHashMap<>();
        failed.put("type", "failed");
        failed.put("message", spoken(thrown));
        failed.put("stack", stack(thrown));
        channel.send(failed);
    }

    private static void say(String text) {
        try {
            new FileOutputStream(FileDescriptor.err).write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException closed) {
            return; // then nobody reads it
        }
    }

    private static String spoken(Throwable thrown) {
        boolean forPeople = thrown instanceof RunException
                || thrown instanceof ValidationException
                || thrown instanceof CleanupException
                || thrown instanceof InitializationException;
        @Nullable String message = thrown.getMessage();
        if (message == null || message.isBlank()) {
            return thrown.getClass().getName();
        }
        return forPeople ? message : thrown.getClass().getName() + ": " + message;
    }

    static String stack(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
