package dev.pawl.it.torture;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Runs the torture by hand: {@code --kills N}, {@code --seed S}, {@code --busy} to load all cores meanwhile; {@code --servers 3 --faults N} for
 * that of several servers on one PostgreSQL. It prints its progress on standard output, and ends with 1 when there were violations.
 */
final class TortureCommand {

    private TortureCommand() {}

    /** Runs the torture in a new temporary folder. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        List<String> given = Arrays.asList(arguments);
        int kills = Integer.parseInt(value(given, "--kills", "1000"));
        long seed = Long.parseLong(value(given, "--seed", String.valueOf(System.nanoTime())));
        Path folder = Files.createTempDirectory("pawl-torture-");
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly),
                        "torture-end"));
        Path javaHome = Path.of(System.getProperty("java.home"));
        int servers = Integer.parseInt(value(given, "--servers", "1"));
        boolean right;
        try (BusyCores busy = given.contains("--busy") ? BusyCores.all() : BusyCores.of(0)) {
            out.println(busy.count() + " processes spin beside it");
            if (servers > 1) {
                int faults = Integer.parseInt(value(given, "--faults", "60"));
                ClusterReport report = new ClusterTorture(folder, seed, servers, out::println).run(faults);
                out.println(report);
                right = report.violations().isEmpty();
            } else {
                Report report = new Torture(folder, javaHome, seed, out::println).run(kills);
                out.println(report);
                right = report.violations().isEmpty();
            }
        }
        if (right) {
            Disk.succeeds("rm", "-rf", folder.toString());
        } else {
            out.println("The last database, the servers' logs and the stacks of answers with 500 are in " + folder);
        }
        System.exit(right ? 0 : 1);
    }

    private static String value(List<String> given, String name, String otherwise) {
        int at = given.indexOf(name);
        return at < 0 ? otherwise : given.get(at + 1);
    }
}
