package dev.pawl.store.postgres.engine;

import dev.pawl.base.net.PostgresUrl;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The address of a database.
 *
 * @param url its address for JDBC, without a password
 * @param user the user
 * @param password the user's password; null for the one in the file that {@code PGPASSFILE} names, if any. It is in no text of this record
 */
public record PostgresAddress(
        String url, String user, @Nullable String password) {

    /**
     * The address in the settings.
     *
     * @param properties looks up a property of the framework by name; null when it is not set
     * @throws ProblemException when it is wrong, or the file of the password cannot be read
     */
    public static PostgresAddress of(UnaryOperator<@Nullable String> properties) {
        String given = text(properties, "pawl.store.url");
        PostgresUrl url = PostgresUrl.parse(given).orElseThrow(() -> unavailable("pawl.store.url is no address", null));
        String user = url.user().isEmpty() ? System.getProperty("user.name") : url.user();
        String file = text(properties, "pawl.store.password.file");
        String password = file.isEmpty() ? text(properties, "pawl.store.password") : firstLine(file);
        return new PostgresAddress(url.jdbc(), user, password.isEmpty() ? null : password);
    }

    private static String text(UnaryOperator<@Nullable String> properties, String name) {
        String value = properties.apply(name);
        return value == null ? "" : value.strip();
    }

    private static String firstLine(String file) {
        try {
            return Files.readString(Path.of(file)).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw unavailable("The file " + file + " of PAWL_STORE_PASSWORD_FILE cannot be read", e);
        }
    }

    private static ProblemException unavailable(String what, @Nullable IOException cause) {
        return cause == null
                ? new ProblemException(ProblemCode.STORE_UNAVAILABLE, what + ".")
                : new ProblemException(ProblemCode.STORE_UNAVAILABLE, what + ".", cause);
    }

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
