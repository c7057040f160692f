package dev.pawl.scheduler.secret;

import dev.pawl.service.problem.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A secret setting that refers to its value: {@code ${env:NAME}} of the server's environment, or {@code ${file:/absolute/path}} without
 * its last line end. Only settings that an admin has configured are followed, never those of a job. The value is read at the start of
 * each task, so that it may change.
 */
public final class SecretReference {

    private static final Pattern FORM = Pattern.compile("\\$\\{(env|file):([^}]+)}");
    private static final int MOST_BYTES = 64 * 1024;

    private final Function<String, @Nullable String> environment;

    /** @param environment the variables by name */
    public SecretReference(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    /**
     * The values, with references among the secret ones replaced by the values that they refer to.
     *
     * @throws UnreadableSecretException when there is no value where a reference leads
     */
    public Map<String, Object> followed(Map<String, Object> configured, List<String> secretNames) {
        boolean none = configured.entrySet().stream()
                .noneMatch(entry -> secretNames.contains(entry.getKey())
                        && entry.getValue() instanceof String text
                        && FORM.matcher(text).matches());
        return none
                ? configured
                : Values.replaced(
                        configured,
                        secretNames,
                        (name, value) -> value instanceof String text ? followed(name, text) : value);
    }

    private String followed(String name, String text) {
        Matcher reference = FORM.matcher(text);
        if (!reference.matches()) {
            return text;
        }
        String target = reference.group(2);
        return reference.group(1).equals("env") ? variable(name, target) : content(name, target);
    }

    private String variable(String name, String variable) {
        String value = environment.apply(variable);
        if (value == null) {
            throw new UnreadableSecretException("The setting " + name + " refers to the environment variable "
                    + variable + ", which the server does not have.");
        }
        return value;
    }

    private static String content(String name, String file) {
        String sentence = "The setting " + name + " refers to the file " + file + ", ";
        try (InputStream in = Files.newInputStream(absolute(sentence, file))) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new UnreadableSecretException(sentence + "which has more than 64 KiB.");
            }
            return new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
        } catch (IOException e) {
            throw new UnreadableSecretException(sentence + "which cannot be read: " + IoReason.of(e) + ".");
        }
    }

    private static Path absolute(String sentence, String file) {
        try {
            Path path = Path.of(file);
            if (path.isAbsolute() && Files.isRegularFile(path)) {
                return path;
            }
        } catch (InvalidPathException malformed) {
            throw new UnreadableSecretException(sentence + "which is no path.");
        }
        throw new UnreadableSecretException(sentence + "which is no absolute path of a file.");
    }
}
