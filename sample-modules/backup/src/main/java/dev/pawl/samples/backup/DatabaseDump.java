package dev.pawl.samples.backup;

import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.process.Exit;
import dev.pawl.process.Program;
import dev.pawl.process.ProgramOutput;
import dev.pawl.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A consistent copy of a database in one file, made by the database's own program while others use the database. */
final class DatabaseDump {

    private static final int MOST_OUTPUT = 64 << 10;
    private static final String BUSY_TIMEOUT_MS = "60000";

    private final String fileName;
    private final Tool tool;
    private final @Nullable Path database;
    private final BackupInputs.@Nullable Postgres server;
    private final @Nullable String password;

    private DatabaseDump(
            String fileName,
            Tool tool,
            @Nullable Path database,
            BackupInputs.@Nullable Postgres server,
            @Nullable String password) {
        this.fileName = fileName;
        this.tool = tool;
        this.database = database;
        this.server = server;
        this.password = password;
    }

    /** A dump of an SQLite database. */
    static DatabaseDump sqlite(Path database, BackupModule.Settings settings) throws ValidationException {
        Tool tool = Tool.find("sqlite3", settings.sqlite3(), "sqlite3");
        return new DatabaseDump(String.valueOf(database.getFileName()), tool, database, null, null);
    }

    /** A dump of a PostgreSQL database. */
    static DatabaseDump postgres(BackupInputs.Postgres server, BackupModule.Settings settings)
            throws ValidationException {
        String database = server.database();
        if (database.isEmpty() || database.contains("=") || database.contains("://") || database.contains("/")) {
            throw new ValidationException("postgres.database is \"" + database
                    + "\"; it takes the plain name of a database, with host, port and user beside it.");
        }
        Tool tool = Tool.find("pg_dump", settings.pgDump(), "postgresql-client");
        return new DatabaseDump(database + ".dump", tool, null, server, settings.pgPassword());
    }

    /** The name of the dump in the archive. */
    String fileName() {
        return fileName;
    }

    /** Makes the dump in a folder of the task. */
    Path make(TaskContext task, Path folder) throws IOException, InterruptedException, RunException {
        Path dump = folder.resolve(fileName);
        Files.deleteIfExists(dump);
        if (database != null) {
            run(
                    task,
                    List.of(
                            "-bail",
                            "-cmd",
                            ".timeout " + BUSY_TIMEOUT_MS,
                            database.toString(),
                            "VACUUM INTO " + quoted(dump)),
                    Map.of());
            String check = run(task, List.of("-bail", dump.toString(), "PRAGMA integrity_check"), Map.of());
            if (!check.strip().equals("ok")) {
                throw new RunException("The database " + database + " is damaged: "
                        + check.strip()
                                .lines()
                                .limit(3)
                                .reduce((a, b) -> a + " " + b)
                                .orElse("") + ".");
            }
        } else if (server != null) {
            Map<String, String> environment = new HashMap<>();
            if (password != null) {
                environment.put("PGPASSWORD", password);
            }
            run(task, arguments(server, dump), environment);
        }
        return dump;
    }

    private static List<String> arguments(BackupInputs.Postgres server, Path dump) {
        List<String> arguments =
                new ArrayList<>(List.of("--format=custom", "--compress=0", "--no-password", "--file=" + dump));
        if (server.host() != null) {
            arguments.add("--host=" + server.host());
        }
        if (server.port() != null) {
            arguments.add("--port=" + server.port());
        }
        if (server.user() != null) {
            arguments.add("--username=" + server.user());
        }
        arguments.add("--dbname=" + server.database());
        return arguments;
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }

    private String run(TaskContext task, List<String> arguments, Map<String, String> environment)
            throws IOException, InterruptedException, RunException {
        ProgramOutput.Captured output = ProgramOutput.capture(MOST_OUTPUT);
        Exit exit = Program.of(tool.path(), arguments).environment(environment).run(task, output);
        if (!exit.isSuccess()) {
            throw new RunException("The dump of " + (database != null ? database : fileName.replaceAll("\\.dump$", ""))
                    + " failed: " + exit.sentence());
        }
        return output.out();
    }
}
