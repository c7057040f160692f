package dev.pawl.it.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Has the kernel drop packets between a server and the database, without a word to either. Each server has an address of its own for the
 * database, which the rules name. It needs root and iptables.
 */
public final class Cut implements AutoCloseable {

    private static final long PATIENCE_S = 20;

    /** The packets that are dropped. */
    public enum Direction {
        BOTH,
        TO_THE_DATABASE,
        TO_THE_SERVER
    }

    private final List<List<String>> rules = new ArrayList<>();

    /** Drops all packets of connections from now on, until it is closed. */
    public Cut(String address, int port, Direction direction) throws IOException {
        if (direction != Direction.TO_THE_SERVER) {
            add("-d", address, "--dport", port);
        }
        if (direction != Direction.TO_THE_DATABASE) {
            add("-s", address, "--sport", port);
        }
    }

    /** Drops all packets of the one connection that comes from a port. */
    Cut(String address, int port, int clientPort) throws IOException {
        add("-d", address, "--dport", port, "--sport", String.valueOf(clientPort));
        add("-s", address, "--sport", port, "--dport", String.valueOf(clientPort));
    }

    /** Whether this machine lets these tests do it. */
    public static boolean isPossible() {
        try (Cut probe = new Cut("127.0.0.99", 9, Direction.BOTH)) {
            return !probe.rules.isEmpty();
        } catch (IOException noSuchProgramOrNotAllowed) {
            return false;
        }
    }

    private void add(String addressOption, String address, String portOption, int port, String... further)
            throws IOException {
        List<String> rule = new ArrayList<>(
                List.of("INPUT", "-i", "lo", "-p", "tcp", addressOption, address, portOption, String.valueOf(port)));
        rule.addAll(List.of(further));
        rule.addAll(List.of("-j", "DROP"));
        run("-I", rule);
        rules.add(rule);
    }

    private static void run(String action, List<String> rule) throws IOException {
        List<String> command = new ArrayList<>(List.of("iptables", "-w", action));
        command.addAll(rule);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(command + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        while (!rules.isEmpty()) {
            run("-D", rules.remove(rules.size() - 1));
        }
    }
}
