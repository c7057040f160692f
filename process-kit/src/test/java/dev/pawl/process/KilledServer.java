package dev.pawl.process;

import java.nio.file.Path;
import java.util.List;

/** A process that starts a program with a child and with a grandchild that left its session, and waits to be killed. */
public final class KilledServer {

    private static final String SCRIPT = "exec >\"$0\"; sleep 300 & echo $!; setsid sleep 300 & echo $!; echo $$; wait";

    private KilledServer() {}

    /**
     * Never returns.
     *
     * @param arguments the file to which the program writes the numbers of its processes
     */
    public static void main(String[] arguments) throws Exception {
        Program program = Program.of(Path.of("/bin/sh"), List.of("-c", SCRIPT, arguments[0]));
        program.start("test", (source, line) -> {}).exit();
    }
}
