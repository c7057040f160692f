package dev.pawl.store.postgres.engine;

/**
 * The address of a database.
 *
 * @param url its address for JDBC, without a password
 * @param user the user
 * @param password the user's password; it is in no text of this record
 */
public record PostgresAddress(String url, String user, String password) {

    /** The database for messages. */
    String place() {
        int parameters = url.indexOf('?');
        return (parameters < 0 ? url : url.substring(0, parameters)).replace("jdbc:", "");
    }

    @Override
    public String toString() {
        return place();
    }
}
