package dev.pawl.deploy.source;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The hosts and folders from which an operator lets modules be fetched; none by default.
 *
 * @param hosts names, {@code *.example.com} for all names below one, {@code *} for all; each also with a port
 * @param folders folders in which repositories may lie
 */
record AllowedSources(List<String> hosts, List<Path> folders) {

    private static final int HTTPS = 443;
    private static final int SSH = 22;

    /** Reads the settings, which the launcher has checked. */
    static AllowedSources of(@Nullable String hosts, @Nullable String folders) {
        return new AllowedSources(
                parts(hosts, ",").stream()
                        .map(host -> host.toLowerCase(Locale.ROOT))
                        .toList(),
                parts(folders, File.pathSeparator).stream().map(Path::of).toList());
    }

    private static List<String> parts(@Nullable String text, String separator) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(separator, -1))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList();
    }

    /** Throws a problem when it may not be fetched from there. */
    void check(RepositoryAddress address) {
        if (address.protocol().equals("file")) {
            checkFolder(address.file());
        } else if (hosts.stream().noneMatch(host -> matches(host, address))) {
            throw new ProblemException(
                    ProblemCode.SOURCE_REFUSED,
                    "The host " + address.host()
                            + " is none from which modules may be fetched; PAWL_MODULE_HOSTS names "
                            + (hosts.isEmpty() ? "no host" : String.join(", ", hosts)) + ".");
        }
    }

    private void checkFolder(Path asked) {
        Path real;
        try {
            real = asked.toRealPath();
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.SOURCE_REFUSED, "The folder " + asked + " cannot be read.", e);
        }
        if (folders.stream().noneMatch(folder -> real.startsWith(real(folder)))) {
            throw new ProblemException(
                    ProblemCode.SOURCE_REFUSED,
                    "The folder " + asked
                            + " is in none of those from which modules may be fetched; PAWL_MODULE_FOLDERS" + " names "
                            + (folders.isEmpty() ? "none" : folders.toString()) + ".");
        }
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException missing) {
            return folder.toAbsolutePath().normalize();
        }
    }

    private static boolean matches(String pattern, RepositoryAddress address) {
        int colon = pattern.lastIndexOf(':');
        String name = colon < 0 ? pattern : pattern.substring(0, colon);
        int usual = address.protocol().equals("ssh") ? SSH : HTTPS;
        int port = address.port() < 0 ? usual : address.port();
        if (colon >= 0 && !pattern.substring(colon + 1).equals(String.valueOf(port))) {
            return false;
        }
        return name.equals("*")
                || (name.startsWith("*.") ? address.host().endsWith(name.substring(1)) : name.equals(address.host()));
    }
}
