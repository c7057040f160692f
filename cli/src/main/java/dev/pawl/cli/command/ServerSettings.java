package dev.pawl.cli.command;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The settings by which a server on this machine is found.
 *
 * @param dataDir its data folder
 * @param url its expected URL
 */
public record ServerSettings(Path dataDir, URI url) {
    public static final String DATA_DIR = "pawl.data.dir";
    public static final String API_HOST = "pawl.api.host";
    public static final String API_PORT = "pawl.api.port";

    private static final List<String> TLS = List.of("pawl.tls.certificate", "pawl.tls.keystore");

    /** Reads the settings as the server itself would; from the environment alone when the command was installed without the server. */
    public static ServerSettings of(Invocation invocation, Map<String, String> flags)
            throws EmbeddedServer.RefusedException {
        Map<String, String> all = invocation.embedded().isPresent()
                ? invocation.embedded().get().settings(flags)
                : fromEnvironment(invocation.environment(), flags);
        String host = all.getOrDefault(API_HOST, "127.0.0.1");
        String port = all.getOrDefault(API_PORT, "8420");
        boolean encrypted =
                TLS.stream().anyMatch(setting -> !all.getOrDefault(setting, "").isEmpty());
        return new ServerSettings(
                Path.of(all.getOrDefault(DATA_DIR, System.getProperty("user.home") + "/.pawl")),
                URI.create((encrypted ? "https://" : "http://") + reachable(host) + ":" + port));
    }

    /** The address by which to reach a server: the loopback address for one that listens on all addresses. */
    private static String reachable(String host) {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "[::]" -> "[::1]";
            default -> host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        };
    }

    private static Map<String, String> fromEnvironment(Map<String, String> environment, Map<String, String> flags) {
        Map<String, String> settings = new HashMap<>();
        Stream.concat(Stream.of(DATA_DIR, API_HOST, API_PORT), TLS.stream()).forEach(setting -> {
            String value =
                    environment.getOrDefault(setting.toUpperCase(Locale.ROOT).replace('.', '_'), "");
            if (!value.isEmpty()) {
                settings.put(setting, value);
            }
        });
        settings.putAll(flags);
        return settings;
    }
}
