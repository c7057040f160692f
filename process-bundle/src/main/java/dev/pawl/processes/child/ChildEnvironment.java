package dev.pawl.processes.child;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The environment of a task's process, built from nothing: a few variables of the server's environment in which no secret is, and those that
 * the module's setting {@code environment} names. Variables that change which code a program runs are never passed on.
 */
public final class ChildEnvironment {

    private static final Set<String> INHERITED = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "SHELL",
            "LANG",
            "TZ",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "ALL_PROXY",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "all_proxy",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "REQUESTS_CA_BUNDLE",
            "CURL_CA_BUNDLE",
            "SWEATPANTS_PROXY_URL",
            "SWEATPANTS_PROXY_ROTATION_URL",
            "SWEATPANTS_EXPORTS_DIR");
    private static final List<String> REFUSED_BEGINS = List.of("PAWL_", "LD_", "PYTHON", "DYLD_");
    private static final Set<String> REFUSED =
            Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "NODE_OPTIONS", "BASH_ENV", "ENV", "PERL5OPT", "RUBYOPT");

    private ChildEnvironment() {}

    /**
     * The environment of a process.
     *
     * @param ofServer the server's environment
     * @param passedOn names of further variables that are passed on
     */
    public static Map<String, String> of(Map<String, String> ofServer, List<String> passedOn) {
        Map<String, String> environment = new LinkedHashMap<>();
        ofServer.forEach((name, value) -> {
            boolean wanted = passedOn.contains(name) && !isRefused(name);
            if (INHERITED.contains(name) || name.startsWith("LC_") || wanted) {
                environment.put(name, value);
            }
        });
        environment.putIfAbsent("LANG", "C.UTF-8");
        return environment;
    }

    /** Whether a variable is never passed on. */
    public static boolean isRefused(String name) {
        return REFUSED.contains(name) || REFUSED_BEGINS.stream().anyMatch(name::startsWith);
    }
}
