package dev.pawl.it.server;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteDataSource;

/**
 * The database file of a server, opened beside it. Not by {@link java.sql.DriverManager}: that looks for drivers once for the whole JVM,
 * with the class loader of the thread that asks first, which is a bundle's when a test that runs modules in this JVM came before.
 */
public final class StoreFile {

    private StoreFile() {}

    /** Opens the database in the data folder, and creates it when there is none. */
    public static Connection open(Path data) throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + data.resolve("pawl.db"));
        return source.getConnection();
    }
}
