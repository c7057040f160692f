package dev.pawl.runtime.settings;

import dev.pawl.runtime.files.Distribution;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sources of settings, in order of precedence: command line, environment, env file, {@code etc/pawl.properties}.
 *
 * @param flags by property name
 * @param environment by variable name
 * @param envFile by variable name
 * @param envFileName the name of the env file in messages
 * @param properties by property name
 */
public record SettingSources(
        Map<String, String> flags,
        Map<String, String> environment,
        Map<String, String> envFile,
        String envFileName,
        Map<String, String> properties) {

    public SettingSources {
        flags = Map.copyOf(flags);
        environment = Map.copyOf(environment);
        envFile = Map.copyOf(envFile);
        properties = Map.copyOf(properties);
    }

    /** A value and its source. */
    record Found(String name, String value, String origin) {}

    /** Reads the env file that the environment names and the properties file of the distribution. */
    public static SettingSources read(
            Distribution distribution, Map<String, String> flags, Map<String, String> environment)
            throws WrongSettingException {
        String envFile = environment.getOrDefault("PAWL_ENV_FILE", "");
        Map<String, String> variables = envFile.isBlank() ? Map.of() : EnvFile.read(Path.of(envFile.strip()));
        return new SettingSources(
                flags,
                environment,
                variables,
                envFile,
                properties(distribution.etc().resolve("pawl.properties")));
    }

    /**
     * The value of a setting from the source with the highest precedence. A blank variable counts as unset, since that is how shells and
     * containers unset one.
     */
    Optional<Found> find(Setting setting) {
        String property = setting.property();
        String variable = setting.environment();
        return Stream.of(
                        found(setting.flag().orElse(property), flags.get(property), "on the command line"),
                        found(variable, environment.get(variable), "in the environment"),
                        found(variable, envFile.get(variable), "in the env file " + envFileName),
                        found(property, properties.get(property), "in etc/pawl.properties"))
                .filter(found -> !found.value().isEmpty())
                .findFirst();
    }

    private static Found found(String name, @Nullable String value, String origin) {
        return new Found(name, value == null ? "" : value.strip(), origin);
    }

    private static Map<String, String> properties(Path file) throws WrongSettingException {
        if (!Files.exists(file)) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new WrongSettingException("The settings file " + file + " cannot be read: " + unreadable + ".");
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }
}
