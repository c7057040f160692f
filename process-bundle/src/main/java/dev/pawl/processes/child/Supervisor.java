package dev.pawl.processes.child;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sleeping shell that outlives the server by a moment. It knows the process groups of the tasks that run, sends signals to them, which
 * Java cannot, and reads a pipe whose other end the server holds. When the server is gone, in whichever way, it kills those groups, and then
 * every process that carries the server's mark. One that died is replaced and told the groups. Safe for many threads.
 */
public final class Supervisor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    /**
     * $1 is the mark's variable with its value, as far as all processes of this server share it; $2 the control group of them all, empty
     * when there is none. The shell itself is in neither.
     */
    private static final String SCRIPT = """
            trap '' HUP INT TERM QUIT
            groups=' '
            while read -r what one other; do
              case $what in
                +) groups="$groups$one " ;;
                -) groups="${groups%%" $one "*} ${groups#*" $one "}" ;;
                k) kill -s "$one" -- "-$other" 2>/dev/null ;;
              esac
            done
            [ -z "$2" ] || echo 1 > "$2/cgroup.kill"
            for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
            rounds=0; quiet=0
            while [ $quiet -lt 2 ] && [ $rounds -lt 50 ]; do
              rounds=$((rounds + 1)); quiet=$((quiet + 1))
              for found in $(grep -lsaF -- "$1" /proc/[0-9]*/environ); do
                pid=${found#/proc/}
                kill -s KILL "${pid%/environ}" 2>/dev/null && quiet=0
              done
            done
            """;

    private final Optional<Path> setsid;
    private final String mark;
    private final ControlGroups controlGroups;
    private final Set<Long> groups = new TreeSet<>();
    private @Nullable Process shell;
    private boolean closed;

    /**
     * Starts nothing yet.
     *
     * @param setsid the program setsid; without it a signal to the server's own group may reach the shell too
     * @param mark the beginning of the marks of all processes of this server
     * @param controlGroups their control groups, of which the first shell makes the first
     */
    Supervisor(Optional<Path> setsid, String mark, ControlGroups controlGroups) {
        this.setsid = setsid;
        this.mark = mark;
        this.controlGroups = controlGroups;
    }

    /** Makes sure that there is a shell, before a process is started that it is to end. */
    synchronized void prepare() throws IOException {
        if (closed) {
            throw new IOException("The server stops.");
        }
        Process running = shell;
        if (running != null && running.isAlive()) {
            return;
        }
        if (running != null) {
            LOG.warn("The supervisor of processes had ended and is replaced; it knows {} groups again.", groups.size());
        }
        List<String> line = new ArrayList<>();
        setsid.ifPresent(program -> line.add(program.toString()));
        line.addAll(List.of("/bin/sh", "-c", SCRIPT, "pawl-supervisor", MarkedProcesses.VARIABLE + "=" + mark));
        line.add(controlGroups.folder().map(Path::toString).orElse(""));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().keySet().retainAll(Set.of("PATH"));
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        shell = builder.start();
        for (long group : groups) {
            write("+ " + group);
        }
    }

    synchronized void add(long group) {
        groups.add(group);
        tell("+ " + group);
    }

    synchronized void remove(long group) {
        groups.remove(group);
        tell("- " + group);
    }

    /** Sends a signal to a group, such as {@code TERM}. */
    synchronized void signal(String signal, long group) {
        tell("k " + signal + " " + group);
    }

    /** The process id of the shell; 0 when there is none. */
    synchronized long pid() {
        return shell == null ? 0 : shell.pid();
    }

    private void tell(String line) {
        try {
            write(line);
        } catch (IOException gone) {
            try {
                prepare();
                write(line);
            } catch (IOException e) {
                LOG.warn("The supervisor of processes cannot be told \"{}\": {}", line, e.getMessage());
            }
        }
    }

    private void write(String line) throws IOException {
        Process running = shell;
        if (running == null || !running.isAlive()) {
            throw new IOException("It does not run.");
        }
        OutputStream in = running.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        in.flush();
    }

    /** Ends the processes that are left, and the shell. */
    @Override
    public synchronized void close() {
        closed = true;
        Process running = shell;
        if (running != null) {
            try {
                running.getOutputStream().close();
            } catch (IOException closedAlready) {
                // then it ends already
            }
        }
    }
}
