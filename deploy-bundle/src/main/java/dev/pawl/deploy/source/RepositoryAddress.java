package dev.pawl.deploy.source;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of something to fetch, as far as one is accepted: {@code https://}, {@code ssh://}, {@code user@host:path} or {@code file://}.
 *
 * @param text the address for git, which begins with no hyphen
 * @param protocol https, ssh or file
 * @param host the host, in lower-case letters; empty for a file
 * @param port the port that is written; -1 when none is
 */
record RepositoryAddress(String text, String protocol, String host, int port) {

    private static final int LONGEST = 2_000;
    private static final Pattern SHORT =
            Pattern.compile("([A-Za-z0-9_.][A-Za-z0-9_.-]*)@([A-Za-z0-9.-]+):(?!//)(\\S+)");

    /** Reads an address; throws a problem that says which are accepted. */
    static RepositoryAddress of(String given) {
        String text = given.strip();
        if (text.isEmpty()
                || text.length() > LONGEST
                || text.startsWith("-")
                || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw refused(text.isEmpty() ? "empty" : "no address");
        }
        Matcher parts = SHORT.matcher(text);
        if (parts.matches()) {
            return new RepositoryAddress(text, "ssh", host(parts.group(2)), -1);
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw refused("no address");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String user = uri.getRawUserInfo();
        if (scheme.equals("file") && (uri.getHost() == null || uri.getHost().isEmpty()) && uri.getPath() != null) {
            return new RepositoryAddress("file://" + Path.of(uri.getPath()).normalize(), scheme, "", -1);
        }
        if (!scheme.equals("https") && !scheme.equals("ssh")) {
            throw refused("no address of a kind that is fetched");
        }
        if (uri.getHost() == null) {
            throw refused("without a host");
        }
        if (user != null && (scheme.equals("https") || user.contains(":"))) {
            throw refused("one with a user name or password, which would be seen in logs; give it to git's credential"
                    + " helper of the server's user");
        }
        if (user != null && user.startsWith("-")) {
            throw refused("no address");
        }
        return new RepositoryAddress(text, scheme, host(uri.getHost()), uri.getPort());
    }

    private static String host(String given) {
        String host = given.toLowerCase(Locale.ROOT);
        if (host.startsWith("-")) {
            throw refused("no address");
        }
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /** The path of a file address. */
    Path file() {
        return Path.of(text.substring("file://".length()));
    }

    private static ProblemException refused(String what) {
        return new ProblemException(
                ProblemCode.MALFORMED,
                "The address of the repository is " + what
                        + "; it takes https://host/path, ssh://user@host/path or user@host:path.");
    }
}
