package dev.pawl.store.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The processes of the test database, which tests stop, kill and start. */
final class DatabaseProcess {

    private final Path data;
    private final Path programs;

    private DatabaseProcess(Path data, Path programs) {
        this.data = data;
        this.programs = programs;
    }

    /** Finds the processes of {@link TestDatabase}. */
    static DatabaseProcess find() throws SQLException, IOException {
        try (Connection connection = TestDatabase.server().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW data_directory")) {
            row.next();
            Path data = Path.of(row.getString(1));
            String program = process(data).info().command().orElseThrow();
            return new DatabaseProcess(data, Path.of(program).resolveSibling("pg_ctl"));
        }
    }

    private static ProcessHandle process(Path data) throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        return ProcessHandle.of(pid).orElseThrow();
    }

    /** Freezes all processes; those that are started meanwhile are not. */
    void freeze() throws Exception {
        signal("-STOP");
    }

    void thaw() throws Exception {
        signal("-CONT");
    }

    private void signal(String signal) throws Exception {
        ProcessHandle postmaster = process(data);
        List<String> command = new ArrayList<>(List.of("kill", signal, Long.toString(postmaster.pid())));
        try (Stream<ProcessHandle> children = postmaster.children()) {
            children.forEach(child -> command.add(Long.toString(child.pid())));
        }
        new ProcessBuilder(command).start().waitFor(); // a child that has ended meanwhile does not matter
    }

    /** Ends it as kill -9 would, without a last write. */
    void kill() throws Exception {
        control("stop", "-m", "immediate", "-w");
    }

    void start() throws Exception {
        control("start", "-w", "-l", data.resolve("started.log").toString());
    }

    private void control(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) { // as the library does: PostgreSQL runs as no root
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(programs.toString(), "-D", data.toString()));
        if (arguments[0].equals("start")) {
            command.addAll(List.of("-o", "-p " + TestDatabase.server().getPort() + " -c fsync=on"));
        }
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("failed with " + process.exitValue() + ": " + command);
        }
    }
}
