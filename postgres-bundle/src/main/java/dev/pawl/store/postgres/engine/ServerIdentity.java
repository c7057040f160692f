package dev.pawl.store.postgres.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A server among those on a database.
 *
 * @param owner a random number, which it draws at its start: names and sequences come back, this does not
 * @param name its name for people
 * @param release its version of Pawl
 * @param slots the number of tasks that it runs at once
 */
public record ServerIdentity(long owner, String name, String release, int slots) {

    /** A new server of this machine, by the framework's properties. */
    public static ServerIdentity of(UnaryOperator<@Nullable String> properties) {
        String name = text(properties, "pawl.server.name");
        String slots = text(properties, "pawl.workers");
        return new ServerIdentity(
                new SecureRandom().nextLong() & Long.MAX_VALUE,
                name.isEmpty() ? hostName() : name,
                text(properties, "pawl.version"),
                slots.isEmpty() ? 0 : Integer.parseInt(slots));
    }

    private static String text(UnaryOperator<@Nullable String> properties, String name) {
        String value = properties.apply(name);
        return value == null ? "" : value.strip();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
