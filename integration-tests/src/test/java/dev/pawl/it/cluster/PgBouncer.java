package dev.pawl.it.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real PgBouncer in transaction mode before a database. */
final class PgBouncer implements AutoCloseable {

    private final int port;
    private final Process process;
    private final Path log;

    /**
     * Starts it.
     *
     * @param folder where its settings and its log are written
     * @param database the port of the database
     * @param ignored the parameters of connections that it takes and does not pass on
     */
    PgBouncer(Path folder, int database, String ignored) throws IOException {
        this.port = freePort();
        this.log = folder.resolve("pgbouncer-" + port + ".log");
        Path settings = folder.resolve("pgbouncer-" + port + ".ini");
        Files.writeString(
                settings,
                String.join(
                        "\n",
                        List.of(
                                "[databases]",
                                "postgres = host=127.0.0.1 port=" + database + " user=postgres dbname=postgres",
                                "[pgbouncer]",
                                "listen_addr = 127.0.0.1",
                                "listen_port = " + port,
                                "unix_socket_dir =",
                                "auth_type = any",
                                "pool_mode = transaction",
                                "default_pool_size = 12",
                                "max_client_conn = 200",
                                "ignore_startup_parameters = " + ignored,
                                "")));
        // It refuses to run as root; in a user namespace of its own it is nobody.
        List<String> command = isRoot()
                ? List.of("unshare", "-U", "pgbouncer", settings.toString())
                : List.of("pgbouncer", settings.toString());
        this.process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Eventually.eventually("PgBouncer answers", this::answers);
    }

    /** Why this machine cannot run it; empty when it can. */
    static String missing() {
        try {
            Process version = new ProcessBuilder("pgbouncer", "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return version.waitFor(10, TimeUnit.SECONDS) && version.exitValue() == 0 ? "" : "not installed: pgbouncer";
        } catch (IOException e) {
            return "not installed: pgbouncer";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "not installed: pgbouncer";
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    private boolean answers() {
        assertTrue(process.isAlive(), () -> "It ended: " + said());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** Its log so far. */
    String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
