package dev.pawl.base.net;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a PostgreSQL database as libpq writes it, without a password: {@code postgresql://user@one:5432,other/pawl?sslmode=verify-full}.
 * Of several hosts the one that takes writes is used.
 *
 * @param user the user; empty for the one that the operating system knows
 * @param hosts the hosts, each with its port unless that is the usual one
 * @param database the database
 * @param tls how the connection is encrypted, by libpq's names: {@code sslmode} and the files of certificates
 */
public record PostgresUrl(String user, List<String> hosts, String database, Map<String, String> tls) {

    private static final Pattern FORM =
            Pattern.compile("postgres(?:ql)?://(?:([^/?#@:]+)@)?([^/?#@]+)/([^/?#]+)(?:\\?([^#]*))?");
    private static final Pattern HOST = Pattern.compile(
            "(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}])(?::([0-9]{1,5}))?");
    private static final List<String> MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
    private static final List<String> FILES = List.of("sslrootcert", "sslcert", "sslkey");
    private static final String MODE = "sslmode";
    private static final int LARGEST_PORT = 65_535;

    public PostgresUrl {
        hosts = List.copyOf(hosts);
        tls = Map.copyOf(tls);
    }

    /** Reads an address; empty when it is none, or has a password or a parameter that is not of this list. */
    public static Optional<PostgresUrl> parse(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        List<String> hosts = List.of(parts.group(2).split(",", -1));
        Optional<String> user = decoded(parts.group(1) == null ? "" : parts.group(1));
        Optional<String> database = decoded(parts.group(3));
        Optional<Map<String, String>> tls = tls(parts.group(4) == null ? "" : parts.group(4));
        return hosts.stream().allMatch(PostgresUrl::isHost)
                        && user.isPresent()
                        && database.isPresent()
                        && tls.isPresent()
                ? Optional.of(new PostgresUrl(user.get(), hosts, database.get(), tls.get()))
                : Optional.empty();
    }

    private static boolean isHost(String host) {
        Matcher parts = HOST.matcher(host);
        if (!parts.matches()) {
            return false;
        }
        int port = parts.group(1) == null ? 1 : Integer.parseInt(parts.group(1));
        return port > 0 && port <= LARGEST_PORT;
    }

    private static Optional<Map<String, String>> tls(String query) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            Optional<String> value = decoded(parts.length == 2 ? parts[1] : "");
            boolean isKnown = value.isPresent()
                    && (parts[0].equals(MODE)
                            ? MODES.contains(value.get())
                            : FILES.contains(parts[0]) && !value.get().isEmpty());
            if (!isKnown || found.put(parts[0], value.get()) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(found);
    }

    private static Optional<String> decoded(String part) {
        try {
            String text = URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
            return text.chars().anyMatch(Character::isISOControl) ? Optional.empty() : Optional.of(text);
        } catch (IllegalArgumentException halfAnEscape) {
            return Optional.empty();
        }
    }

    /** The database for messages: hosts and name. */
    public String place() {
        return "postgresql://" + String.join(",", hosts) + "/" + database;
    }

    /** The address for JDBC, without the user. */
    public String jdbc() {
        List<String> parameters = new ArrayList<>(List.of("targetServerType=primary"));
        tls.forEach((name, value) -> parameters.add(name + "=" + encoded(value)));
        return "jdbc:postgresql://" + String.join(",", hosts) + "/" + encoded(database) + "?"
                + String.join("&", parameters);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
