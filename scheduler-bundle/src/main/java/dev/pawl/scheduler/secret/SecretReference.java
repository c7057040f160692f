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
 * A secret value that refers to its text: {@code ${env:NAME}} of the server's environment, or {@code ${file:/absolute/path}} without its
 * last line end. References in settings that an admin has configured are followed anywhere, those of a job only within its {@linkplain
 * ReferenceBounds bounds}. The text is read at the start of each task, so that it may change.
 */
public final class SecretReference {

    private static final Pattern FORM = Pattern.compile("\\$\\{(env|file):([^}]+)}");
    private static final int MOST_BYTES = 64 * 1024;

    private final Function<String, @Nullable String> environment;
    private final ReferenceBounds ofJobs;

    /**
     * Creates the follower of references.
     *
     * @param environment the variables by name
     * @param ofJobs what jobs may refer to
     */
    public SecretReference(Function<String, @Nullable String> environment, ReferenceBounds ofJobs) {
        this.environment = environment;
        this.ofJobs = ofJobs;
    }

    /**
     * The values that a job brings along, with the references that are within its bounds replaced. Without bounds they are plain texts.
     *
     * @throws UnreadableSecretException when a reference is out of bounds, or there is no value where it leads
     */
    public Map<String, Object> followedOfJob(Map<String, Object> values, List<String> secretNames) {
        if (ofJobs.isNothing()) {
            return values;
        }
        values.forEach((name, value) -> {
            if (value instanceof String text && secretNames.contains(name)) {
                check(name, text);
            }
        });
        return followed(values, secretNames);
    }

    private void check(String name, String text) {
        Matcher reference = FORM.matcher(text);
        if (!reference.matches()) {
            return;
        }
        String target = reference.group(2);
        boolean variable = reference.group(1).equals("env");
        String sentence = "The value " + name + " refers to the " + (variable ? "environment variable " : "file ")
                + target + ", ";
        if (variable ? !ofJobs.allowsVariable(target) : !ofJobs.allowsFile(absolute(sentence, target))) {
            throw new UnreadableSecretException(
                    sentence + "which jobs may not use. An operator of the server allows it by "
                            + (variable ? "PAWL_SECRET_ENV." : "PAWL_SECRET_FILES."));
        }
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
            throw new UnreadableSecretException("The value " + name + " refers to the environment variable " + variable
                    + ", which the server does not have.");
        }
        return value;
    }

    private static String content(String name, String file) {
        String sentence = "The value " + name + " refers to the file " + file + ", ";
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
