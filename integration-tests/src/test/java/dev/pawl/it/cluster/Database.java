package dev.pawl.it.cluster;

import dev.pawl.testkit.Eventually;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** A real PostgreSQL that writes through to its disk, and can be killed and started again on its data. */
public final class Database implements AutoCloseable {

    /** Where it listens: all are this machine. */
    static final List<String> ADDRESSES = List.of("127.0.0.11", "127.0.0.12", "127.0.0.13", "127.0.0.14");

    private final Path folder;
    private EmbeddedPostgres server;

    /** Starts it on an empty folder. */
    Database(Path folder) throws IOException {
        this.folder = folder;
        this.server = start(0);
    }

    private Database(Path folder, EmbeddedPostgres server) {
        this.folder = folder;
        this.server = server;
    }

    /** Makes a copy that follows this one, and can be promoted; this one is stopped meanwhile. */
    Database standby(Path copy) throws IOException, InterruptedException {
        int port = server.getPort();
        server.close();
        Process copying = new ProcessBuilder("cp", "-a", folder.toString(), copy.toString())
                .inheritIO()
                .start();
        if (copying.waitFor() != 0) {
            throw new IOException("Cannot copy " + folder);
        }
        Files.createFile(copy.resolve("standby.signal"));
        Files.writeString(
                copy.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=" + port + " user=postgres application_name=standby'\n",
                StandardOpenOption.APPEND);
        server = start(port);
        Database standby = new Database(copy, null);
        standby.server = standby.start(0);
        return standby;
    }

    /** Sends SIGKILL to all its processes at once, as when its machine fails. */
    void fail() throws IOException {
        ProcessHandle first = first();
        List<ProcessHandle> others = first.children().toList();
        first.destroyForcibly();
        others.forEach(ProcessHandle::destroyForcibly);
        Eventually.eventually(
                "its processes end", () -> !first.isAlive() && others.stream().noneMatch(ProcessHandle::isAlive));
        server.close();
    }

    /** Runs a statement; returns the first column of its last row as a text. */
    String run(String sql) throws SQLException {
        try (Connection connection = connections().getConnection();
                Statement statement = connection.createStatement()) {
            String last = "";
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        last = String.valueOf(rows.getString(1));
                    }
                }
            }
            return last;
        }
    }

    private ProcessHandle first() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("postmaster.pid"));
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip())).orElseThrow();
    }

    private EmbeddedPostgres start(int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setServerConfig("listen_addresses", "localhost," + String.join(",", ADDRESSES))
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("track_commit_timestamp", "on"); // by which histories know what was there at a moment
        return port == 0 ? builder.start() : builder.setPort(port).start();
    }

    /** Connects as the owner of the database. */
    public DataSource connections() {
        return server.getPostgresDatabase();
    }

    public int port() {
        return server.getPort();
    }

    /** Sends SIGKILL to its first process; the others end as soon as they notice. */
    public void kill() throws IOException {
        ProcessHandle first = first();
        List<ProcessHandle> others = first.children().toList();
        first.destroyForcibly();
        Eventually.eventually(
                "its processes end", () -> !first.isAlive() && others.stream().noneMatch(ProcessHandle::isAlive));
        server.close(); // the library has a lock of its own on the folder
    }

    /** Starts it again after a kill, at the same port. */
    public void startAgain() {
        int port = server.getPort();
        server = Eventually.eventuallyFind("the database", () -> {
            try {
                return Optional.of(start(port));
            } catch (IOException | IllegalStateException notYet) {
                return Optional.empty();
            }
        });
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
