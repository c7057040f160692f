package dev.pawl.store.postgres.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.launch.RecordKind;
import dev.pawl.store.kit.move.StoredRecords;
import dev.pawl.store.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** That nothing which a database keeps is missing in the records of a migration. */
@ExtendWith(TestDatabase.class)
class PostgresRecordsTest {

    private static final String COLUMNS = "SELECT c.table_name, c.column_name FROM information_schema.columns c "
            + "JOIN information_schema.tables t USING (table_schema, table_name) "
            + "WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' ORDER BY 1, 2";

    /** Who works at something at the moment, and when a run began among others: a server that starts reads all runs. */
    private static final Set<String> OF_THE_MOMENT =
            Set.of("notifications.taken_by", "notifications.taken_until", "deliveries.taker", "runs.limited_claim");

    /** Of which version a job has run on, and which is current: all servers that start on a store which was moved have the same. */
    private static final String GENERATION = "generation";

    @Test
    void eachColumnOfEachTableIsInAStatementOrKnownToFollow() throws SQLException {
        TestDatabase.migrate();
        List<String> statements = new ArrayList<>(PostgresRecords.settling());
        for (RecordKind kind : StoredRecords.all()) {
            statements.add(
                    PostgresRecords.of(kind).select() + PostgresRecords.of(kind).insert());
        }
        List<String> missing = new ArrayList<>();
        int columns = 0;
        try (Connection connection = TestDatabase.server().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(COLUMNS)) {
            while (rows.next()) {
                String table = rows.getString(1);
                String column = rows.getString(2);
                columns++;
                if (!PostgresRecords.WITHOUT_RECORDS.contains(table)
                        && !OF_THE_MOMENT.contains(table + "." + column)
                        && statements.stream().noneMatch(sql -> has(sql, table) && has(sql, column))
                        && !column.equals(GENERATION)
                        && !column.equals("one")) {
                    missing.add(table + "." + column);
                }
            }
        }
        assertEquals(List.of(), missing, "A migration would lose these; see StoredRecords.");
        assertTrue(columns > 200, "only " + columns + " columns");
    }

    private static boolean has(String sql, String word) {
        return Pattern.compile("\\b" + word + "\\b").matcher(sql).find();
    }
}
