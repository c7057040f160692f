package dev.pawl.store.sqlite.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.launch.RecordKind;
import dev.pawl.store.kit.move.StoredRecords;
import dev.pawl.store.sqlite.engine.Database;
import dev.pawl.store.sqlite.engine.Migrations;
import dev.pawl.store.sqlite.engine.Session;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That nothing which a store keeps is missing in the records of a migration. */
class SqliteRecordsTest {

    private static final String COLUMNS =
            "SELECT t.name || '.' || c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c "
                    + "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY 1";

    @TempDir
    Path folder;

    @Test
    void eachColumnOfEachTableIsInAStatementOrKnownToFollow() throws SQLException {
        Path file = folder.resolve("pawl.db");
        List<String> statements = new ArrayList<>(SqliteRecords.settling());
        for (RecordKind kind : StoredRecords.all()) {
            if (!StoredFiles.holds(kind)) {
                RecordSql sql = SqliteRecords.of(kind);
                statements.add(sql.select() + String.join(" ", sql.inserts()));
            }
        }
        List<String> missing = new ArrayList<>();
        List<String> columns;
        try (Session session = new Database(file).writer()) {
            Migrations.ofThisRelease(file, InstantSource.system(), null).run(session);
            columns = session.list(COLUMNS, row -> row.getString(1));
        }
        for (String each : columns) {
            String table = each.substring(0, each.indexOf('.'));
            String column = each.substring(each.indexOf('.') + 1);
            if (!SqliteRecords.WITHOUT_RECORDS.contains(table)
                    && !column.equals("only")
                    && statements.stream().noneMatch(sql -> has(sql, table) && has(sql, column))) {
                missing.add(each);
            }
        }
        assertEquals(List.of(), missing, "A migration would lose these; see StoredRecords.");
        assertTrue(columns.size() > 200, "only " + columns.size() + " columns");
    }

    private static boolean has(String sql, String word) {
        return Pattern.compile("\\b" + word + "\\b").matcher(sql).find();
    }
}
