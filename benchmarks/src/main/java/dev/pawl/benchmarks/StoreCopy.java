package dev.pawl.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The database of a stopped server, whose finished jobs are multiplied by SQL, so that a store of millions is there within minutes. It knows
 * no more of the schema than that the jobs are in {@code jobs}, by an integer key and a UUID in {@code id}, that other tables name a job in
 * a column {@code job}, and that {@code job_counts} holds the number of each status: rows are copied with shifted keys and fresh ids
 * in their order, and the counts are taken from the rows.
 */
final class StoreCopy implements AutoCloseable {

    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final int GROUP = 100;

    private final Connection connection;
    private final String key;
    private final List<String> tables;

    private StoreCopy(Connection connection) throws SQLException {
        this.connection = connection;
        key = texts("SELECT name FROM pragma_table_info('jobs') WHERE pk = 1").get(0);
        tables = texts("SELECT t.name FROM sqlite_schema t, pragma_table_info(t.name) c"
                + " WHERE t.type = 'table' AND c.name = 'job' ORDER BY 1");
    }

    /** Opens the database of a data folder whose server is stopped. Its writes are not waited for. */
    static StoreCopy open(Path data) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("pawl.db"));
        try {
            update(connection, "PRAGMA synchronous = OFF");
            return new StoreCopy(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Copies the jobs again and again until there are this many. */
    void growTo(long jobs) throws SQLException {
        connection.setAutoCommit(false);
        for (long there = number("SELECT count(*) FROM jobs"); there < jobs; ) {
            long shift = number("SELECT max(" + key + ") FROM jobs");
            long last = number("SELECT max(" + key + ") FROM (SELECT " + key + " FROM jobs ORDER BY " + key + " LIMIT "
                    + (jobs - there) + ")");
            copy("jobs", key, shift, last);
            for (String table : tables) {
                copy(table, "job", shift, last);
            }
            connection.commit();
            there = number("SELECT count(*) FROM jobs");
        }
        update(
                connection,
                "UPDATE job_counts SET jobs =" + " (SELECT count(*) FROM jobs WHERE jobs.status = job_counts.status)");
        connection.commit();
        connection.setAutoCommit(true);
        update(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /** Moves the end of some jobs after the first ones into the past, so that a purge can tell them from the others. */
    void age(int first, int jobs, int days) throws SQLException {
        update(
                connection,
                "UPDATE jobs SET completed_at = completed_at - " + days * MICROS_PER_DAY + " WHERE " + key
                        + " IN (SELECT " + key + " FROM jobs ORDER BY " + key + " LIMIT " + jobs
                        + " OFFSET " + first + ")");
    }

    /**
     * Writes the rows of jobs into a new file of the same schema, 100 jobs in a commit that is on disk before the next begins; returns
     * the seconds that it took. It reads the rows from this database meanwhile.
     */
    double rewrite(int jobs, Path folder) throws Exception {
        Path file = folder.resolve("raw.db");
        Files.deleteIfExists(file);
        List<String> schema = texts("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND type IN ('table', 'index')"
                + " AND name NOT LIKE 'sqlite%' ORDER BY type DESC, rowid");
        String source = texts("SELECT file FROM pragma_database_list WHERE name = 'main'")
                .get(0);
        List<Long> keys = new ArrayList<>();
        for (String text : texts("SELECT " + key + " FROM jobs ORDER BY " + key + " LIMIT " + jobs)) {
            keys.add(Long.valueOf(text));
        }
        try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            update(raw, "PRAGMA journal_mode = WAL");
            update(raw, "PRAGMA synchronous = FULL");
            for (String statement : schema) {
                update(raw, statement);
            }
            update(raw, "ATTACH '" + source + "' AS source");
            raw.setAutoCommit(false);
            long began = System.nanoTime();
            writeGroups(raw, keys);
            return (System.nanoTime() - began) / 1e9;
        }
    }

    private void writeGroups(Connection raw, List<Long> keys) throws SQLException {
        List<java.sql.PreparedStatement> inserts = new ArrayList<>();
        inserts.add(raw.prepareStatement("INSERT INTO main.jobs SELECT * FROM source.jobs WHERE " + key + " = ?"));
        for (String table : tables) {
            inserts.add(raw.prepareStatement(
                    "INSERT INTO main." + table + " SELECT * FROM source." + table + " WHERE job = ?"));
        }
        for (int n = 0; n < keys.size(); n++) {
            for (java.sql.PreparedStatement insert : inserts) {
                insert.setLong(1, keys.get(n));
                insert.executeUpdate();
            }
            if (n % GROUP == GROUP - 1 || n == keys.size() - 1) {
                raw.commit();
            }
        }
        for (java.sql.PreparedStatement insert : inserts) {
            insert.close();
        }
    }

    private void copy(String table, String column, long shift, long last) throws SQLException {
        List<String> names = texts("SELECT name FROM pragma_table_info('" + table + "') ORDER BY cid");
        List<String> values = new ArrayList<>();
        for (String name : names) {
            if (name.equals(column)) {
                values.add(name + " + " + shift);
            } else if (table.equals("jobs") && name.equals("id")) {
                values.add(id(key + " + " + shift));
            } else {
                values.add(name);
            }
        }
        update(
                connection,
                "INSERT INTO " + table + " (" + String.join(", ", names) + ") SELECT "
                        + String.join(", ", values) + " FROM " + table + " WHERE " + column + " <= " + last
                        + " ORDER BY "
                        + column);
    }

    /**
     * An id like those that the server makes ({@code JobIdSequence}): it begins with the number of a block of 128 jobs and a place in it.
     * Ids without this order would scatter over the index what was added, and is removed, together.
     */
    private static String id(String number) {
        String blockAndPlace = "printf('%04X%04X', (" + number + ") / 128 % 65536, (" + number + ") * 40503 % 65536)";
        return "CAST(unhex(" + blockAndPlace + ") || randomblob(2) || substr(id, 7, 1) || randomblob(1)"
                + " || substr(id, 9, 8) AS BLOB)";
    }

    private List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private long number(String query) throws SQLException {
        return Long.parseLong(texts(query).get(0));
    }

    private static void update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Waits until all is on the disk, or the server would wait for it in the middle of a measurement. */
    @Override
    public void close() throws SQLException {
        try (connection) {
            update(connection, "PRAGMA synchronous = FULL");
            update(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }
}
