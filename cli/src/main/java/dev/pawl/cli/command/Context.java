package dev.pawl.cli.command;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * A server that the user has logged in to.
 *
 * @param name the name that the user gave it
 * @param server its base URL, without a slash at the end
 * @param token the token for it; empty for a server without authentication
 */
public record Context(String name, URI server, String token) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** The characters of a name, for errors. */
    public static final String NAMES =
            "1 to 64 letters, digits, dots, dashes and underscores, the first a letter or digit";

    /** Whether a context may have this name. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    @Override
    public String toString() {
        return name + " (" + server + ")"; // never the token
    }
}
