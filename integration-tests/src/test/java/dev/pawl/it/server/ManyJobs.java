package dev.pawl.it.server;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Fills the database of a server that is not running with ended jobs: copies of those that it has, each with its own id, title and times. */
public final class ManyJobs {

    private static final long SECOND_US = 1_000_000;

    private static final String TEMPLATES =
            "CREATE TEMP TABLE templates AS SELECT row_number() OVER (ORDER BY seq) - 1 AS place, * FROM jobs";

    private static final String COPIES = """
            INSERT INTO jobs (%s)
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %d)
            SELECT %s FROM numbers JOIN templates t ON t.place = n %% (SELECT count(*) FROM templates)""";

    private static final String COUNTS =
            "UPDATE job_counts SET jobs = (SELECT count(*) FROM jobs WHERE jobs.status = job_counts.status)";

    private ManyJobs() {}

    /**
     * Adds jobs until there are so many, the oldest first, a second apart and the last one a second ago. Their titles are {@code title N}, from 1
     * for the first one.
     *
     * @param title the title that the copied jobs have, in small letters
     */
    public static void fill(Path data, String title, int count) throws SQLException {
        try (Connection store = StoreFile.open(data);
                Statement change = store.createStatement()) {
            change.execute("PRAGMA synchronous = OFF");
            store.setAutoCommit(false);
            change.executeUpdate(TEMPLATES);
            change.executeUpdate("DELETE FROM jobs");
            List<String> columns = columns(change);
            change.executeUpdate(COPIES.formatted(
                    String.join(", ", columns), count, String.join(", ", values(columns, title, count))));
            change.executeUpdate(COUNTS);
            store.commit();
        }
    }

    private static List<String> columns(Statement store) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet found = store.executeQuery("SELECT name FROM pragma_table_info('jobs')")) {
            while (found.next()) {
                columns.add(found.getString(1));
            }
        }
        return columns;
    }

    private static List<String> values(List<String> columns, String title, int count) {
        String earlier = "(SELECT max(created_at) FROM templates) - (" + count + " - n) * " + SECOND_US;
        return columns.stream()
                .map(column -> switch (column) {
                    case "seq" -> "n";
                    case "id" -> "unhex(printf('%08x0000700080%014x', n, n))";
                    case "search_title" -> "'" + title + " ' || n";
                    case "request" -> "replace(t.request, '\"" + title + "\"', '\"" + title + " ' || n || '\"')";
                    case "created_at" -> earlier;
                    case "started_at", "completed_at", "run_started_at" ->
                        earlier + " + (t." + column + " - t.created_at)";
                    default -> "t." + column;
                })
                .toList();
    }
}
