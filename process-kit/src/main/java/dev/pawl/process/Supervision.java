package dev.pawl.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way in which a program is started so that it never outlives the server. {@code setsid} makes it the leader of a session and of a process
 * group. Before it begins, a watcher is put into that group, which reads a pipe whose other end the server holds: when the server closes it, or
 * is gone, the watcher kills the processes that carry the program's mark, and then its group. Where there is no {@code setsid}, the program
 * is started plainly, and only its descendants are killed.
 */
final class Supervision {

    /** The variable that marks a program and its descendants. */
    static final String MARK = "PAWL_PROGRAM";

    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "TZ");
    private static final Optional<Path> SETSID = Tool.onPath("setsid");
    private static final Path SHELL = Path.of("/bin/sh");

    /**
     * $0 is the input file, $1 the mark, and the others are the command. $$ is the number that the program takes over with the exec; no other
     * process can have it while the watcher is in its group. The watcher is born without the mark, so as not to kill itself.
     */
    private static final String SCRIPT = """
            input=$0; mark=$1; shift
            exec 3<&0
            ( (
              exec </dev/null >/dev/null 2>&1
              read -r _ <&3
              kill -s KILL $$
              for found in $(grep -lsazF -- "%1$s=$mark" /proc/[0-9]*/environ); do
                pid=${found#/proc/}
                kill -s KILL "${pid%%/environ}"
              done
              kill -s KILL 0
            ) & )
            %1$s=$mark; export %1$s
            exec "$@" <"$input" 3<&-
            """.formatted(MARK);

    private Supervision() {}

    static boolean isPossible() {
        return SETSID.isPresent();
    }

    static List<String> command(List<String> program, Path input, String mark) {
        if (SETSID.isEmpty()) {
            return program;
        }
        List<String> command = new ArrayList<>(
                List.of(SETSID.get().toString(), SHELL.toString(), "-c", SCRIPT, input.toString(), mark));
        command.addAll(program);
        return command;
    }

    /** Leaves of the server's environment what no secret is in, and makes the changes. */
    static void environment(Map<String, String> ofServer, Map<String, @Nullable String> changes, String mark) {
        ofServer.keySet().retainAll(INHERITED);
        ofServer.put("LC_ALL", "C.UTF-8");
        changes.forEach((name, value) -> {
            if (value == null) {
                ofServer.remove(name);
            } else {
                ofServer.put(name, value);
            }
        });
        if (SETSID.isEmpty()) {
            ofServer.put(MARK, mark);
        }
    }
}
