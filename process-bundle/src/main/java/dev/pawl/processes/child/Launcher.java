package dev.pawl.processes.child;

import dev.pawl.api.module.InitializationException;
import dev.pawl.processes.child.Containment.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The programs by which a task's process is started: each sets something that its successor inherits, and becomes it. Those that a machine
 * lacks are left out, with one line in the log. Safe for many threads.
 */
final class Launcher {

    private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);
    private static final long LONGEST_S = 10;

    /** A limit of processes binds those of the whole user, so it is far above what one task may have. It is for bombs alone. */
    private static final int LEAST_OF_USER = 4_096;

    private static final int TASKS_OF_USER = 16;

    /** A command that makes a program the leader of a session where util-linux is missing, such as macOS. */
    private static final List<String> PERL =
            List.of("-MPOSIX", "-e", "POSIX::setsid(); exec { $ARGV[0] } @ARGV; exit 127");

    private final Containment containment;
    private final Function<String, Optional<Path>> programs;
    private @Nullable List<String> first;
    private @Nullable Path prlimit;

    /**
     * Looks for nothing yet.
     *
     * @param programs finds a program of the machine by its name
     */
    Launcher(Containment containment, Function<String, Optional<Path>> programs) {
        this.containment = containment;
        this.programs = programs;
    }

    /** The whole line of a command. */
    List<String> line(List<String> command, Path folder, Limits limits) throws IOException {
        List<String> line = new ArrayList<>(first());
        Path limiter = prlimit;
        if (limiter != null) {
            line.add(limiter.toString());
            line.add("--core=0");
            line.add("--nofile=" + ownLimit("Max open files", containment.files()));
            line.add("--nproc="
                    + ownLimit("Max processes", Math.max(LEAST_OF_USER, containment.tasks() * TASKS_OF_USER)));
            if (limits.dataBytes() > 0) {
                line.add("--data=" + limits.dataBytes());
            }
        }
        for (Sandbox sandbox : containment.sandbox()) {
            line.addAll(sandboxed(sandbox, folder));
        }
        line.addAll(command);
        return line;
    }

    private synchronized List<String> first() {
        List<String> known = first;
        if (known == null) {
            known = look();
            first = known;
        }
        return known;
    }

    private List<String> look() {
        List<String> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        Optional<Path> setsid = programs.apply("setsid");
        Optional<Path> perl = programs.apply("perl");
        if (setsid.isPresent()) {
            found.add(setsid.get().toString());
        } else if (perl.isPresent()) {
            found.add(perl.get().toString());
            found.addAll(PERL);
        } else {
            missing.add("a group of their own, by which all that they start is ended (setsid)");
        }
        List<String> death = programs.apply("setpriv")
                .map(program -> List.of(program.toString(), "--pdeathsig", "KILL", "--no-new-privs"))
                .orElse(List.of());
        if (!death.isEmpty() && works(death)) {
            found.addAll(death);
        } else {
            missing.add("the signal of the server's death (setpriv)");
        }
        Path limiter = programs.apply("prlimit").orElse(null);
        if (limiter != null && works(List.of(limiter.toString(), "--core=0"))) {
            prlimit = limiter;
        } else {
            missing.add("limits of memory, files and processes (prlimit)");
        }
        if (!missing.isEmpty()) {
            LOG.warn(
                    "Processes of tasks run without {}; the programs in brackets are missing or too old (Debian: apt"
                            + " install util-linux).",
                    String.join(", and without ", missing));
        }
        return found;
    }

    private static boolean works(List<String> begin) {
        List<String> line = new ArrayList<>(begin);
        line.add("true");
        try {
            Process process = new ProcessBuilder(line)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                return process.waitFor(LONGEST_S, TimeUnit.SECONDS) && process.exitValue() == 0;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The wanted limit, or that of the server when it is lower: nobody may raise his own. */
    private static long ownLimit(String name, long wanted) throws IOException {
        Path limits = Path.of("/proc/self/limits");
        for (String line : Files.exists(limits) ? Files.readAllLines(limits) : List.<String>of()) {
            if (line.startsWith(name)) {
                String hard = line.substring(name.length()).strip().split("\\s+", -1)[1];
                return hard.equals("unlimited") ? wanted : Math.min(wanted, Long.parseLong(hard));
            }
        }
        return wanted;
    }

    /**
     * Bubblewrap, with everything read-only but the task's folder, the named ones and devices. It must not end at SIGTERM, which is for the
     * program inside; so it ignores it, and env gives the program its own answer back.
     */
    private List<String> sandboxed(Sandbox sandbox, Path folder) throws IOException {
        Path bwrap = programs.apply("bwrap")
                .orElseThrow(() -> new InitializationException(
                        "PAWL_PROCESS_SANDBOX is \"bwrap\", and there is no program bwrap on the server's PATH. Install it"
                                + " (Debian: apt install bubblewrap), or set PAWL_PROCESS_SANDBOX to off."));
        List<String> line = new ArrayList<>(
                List.of("/bin/sh", "-c", "trap '' TERM; exec \"$@\"", "pawl-sandbox", bwrap.toString()));
        line.addAll(List.of("--die-with-parent", "--unshare-pid", "--unshare-ipc", "--ro-bind", "/", "/"));
        line.addAll(List.of("--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp"));
        line.addAll(List.of("--tmpfs", sandbox.data().toString()));
        for (Path shown : sandbox.shown()) {
            line.addAll(List.of("--ro-bind-try", shown.toString(), shown.toString()));
        }
        for (Path writable : sandbox.folders()) {
            line.addAll(List.of("--bind-try", writable.toString(), writable.toString()));
        }
        line.addAll(List.of("--bind", folder.toString(), folder.toString(), "--chdir", folder.toString(), "--"));
        line.addAll(List.of("env", "--default-signal=TERM"));
        return line;
    }
}
