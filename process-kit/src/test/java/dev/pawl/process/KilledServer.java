package dev.pawl.process;

import java.nio.file.Path;
import java.util.List;

/** A process that starts a program with a child and with a grandchild that left its session, tells their numbers, and waits to be killed. */
public final class KilledServer {

    private KilledServer() {}

    /** Never returns. */
    public static void main(String[] arguments) throws Exception {
        Program program = Program.of(
                Path.of("/bin/sh"), List.of("-c", "sleep 300 & echo $!; setsid sleep 300 & echo $!; echo $$; wait"));
        program.start("test", (source, line) -> System.out.println(line)).exit();
    }
}
