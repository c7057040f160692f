package dev.pawl.samples.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DatabaseDumpTest extends BackupTest {

    private Map<String, Object> of(String input, Object value) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put(input, value);
        inputs.put("target", archives.toString());
        inputs.put("name", "db");
        return inputs;
    }

    private Path restored(Object archive) throws IOException {
        Path into = Files.createDirectory(root.resolve("into"));
        completed(job(BackupModule::new, Map.of("action", "restore", "archive", archive, "into", into.toString())));
        return into;
    }

    @Test
    @NeedsProgram("sqlite3")
    void anSqliteDatabaseIsCopiedWhileItIsInUse() throws Exception {
        Path database = root.resolve("it's.db");
        output(
                "sqlite3",
                database.toString(),
                "PRAGMA journal_mode=WAL; CREATE TABLE t(a); INSERT INTO t VALUES (1),(2)");
        Process writer = new ProcessBuilder("sqlite3", database.toString())
                .redirectErrorStream(true)
                .start();
        writer.getOutputStream()
                .write("BEGIN IMMEDIATE; INSERT INTO t VALUES (3); SELECT 'open';\n".getBytes(StandardCharsets.UTF_8));
        writer.getOutputStream().flush();
        writer.getInputStream().read();

        HarnessRun run = completed(job(BackupModule::new, of("sqlite", database.toString())));

        writer.getOutputStream().close();
        writer.waitFor();
        Path copy = restored(run.results().get(0).get("output_file")).resolve("it's.db");
        assertEquals("2\n", output("sqlite3", copy.toString(), "SELECT count(*) FROM t"));
        assertEquals(
                List.of(),
                names(work).stream().filter(name -> name.endsWith(".db")).toList());
    }

    @Test
    @NeedsProgram("sqlite3")
    void whatIsNoDatabaseFailsInTheWordsOfItsProgram() throws IOException {
        Path database = Files.writeString(
                root.resolve("x.db"), "no database, but a text that is long enough for a header of one".repeat(40));

        String message = refusal(of("sqlite", database.toString()));

        assertTrue(
                message.contains("The dump of " + database + " failed") && message.contains("not a database"), message);
        assertNothingLeft();
    }

    @Test
    void postgresIsDumpedByTheProgramOfTheSetting() throws IOException {
        Path program = root.resolve("pg_dump");
        Files.writeString(
                program,
                "#!/bin/sh\nfor a; do case $a in --file=*) { echo \"$@\"; echo \"$PGPASSWORD\"; } > \"${a#--file=}\";; esac; done\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Map<String, Object> server = Map.of("database", "shop", "host", "db.example", "port", 5433, "user", "saver");

        HarnessRun run = completed(job(BackupModule::new, of("postgres", server))
                .settings(Map.of("pg_dump", program.toString(), "pg_password", "s3cret")));

        String dump = Files.readString(
                restored(run.results().get(0).get("output_file")).resolve("shop.dump"));
        assertTrue(
                dump.contains("--no-password")
                        && dump.contains("--host=db.example --port=5433 --username=saver --dbname=shop\ns3cret"),
                dump);
        assertTrue(refusal(of("postgres", Map.of("database", "host=evil")))
                .startsWith("postgres.database is \"host=evil\""));
    }
}
