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
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Follows secret values that refer to their text: {@code ${env:NAME}} of the server's environment, <code>${file:/absolute/path}</code>
 * without its last line end, or <code>${secret:name}</code> of the secrets that the server keeps. References in settings that an admin has
 * configured are followed anywhere, those of a job only within its {@linkplain ReferenceBounds bounds} and to secrets that are for its
 * module. The text is read at the start of each task, so that it may change.
 */
public final class SecretReference {

    private static final Pattern FORM = Pattern.compile("\\$\\{(env|file|secret):([^}]+)}");
    private static final int MOST_BYTES = 64 * 1024;

    private final Function<String, @Nullable String> environment;
    private final ReferenceBounds ofJobs;
    private final KeptSecrets kept;

    /**
     * Creates the follower of references.
     *
     * @param environment the variables by name
     * @param ofJobs the variables and files that jobs may refer to; when there are none, a job's references to them are ordinary texts
     * @param kept the secrets that the server keeps
     */
    public SecretReference(Function<String, @Nullable String> environment, ReferenceBounds ofJobs, KeptSecrets kept) {
        this.environment = environment;
        this.ofJobs = ofJobs;
        this.kept = kept;
    }

    /** Whether a value is a reference. */
    public static boolean isOne(@Nullable Object value) {
        return value instanceof String text && FORM.matcher(text).matches();
    }

    /**
     * The values that a job brings along for a task of a module, with the references that are within its bounds replaced.
     *
     * @throws UnreadableSecretException when a reference is out of bounds, or there is no value where it leads
     */
    public Map<String, Object> followedOfJob(String module, Map<String, Object> values, List<String> secretNames) {
        return replaced(values, secretNames, (name, reference) -> ofJob(module, name, reference));
    }

    /**
     * The values that an admin configured, with the references among the secret ones replaced by the values that they refer to.
     *
     * @throws UnreadableSecretException when there is no value where a reference leads
     */
    public Map<String, Object> followed(Map<String, Object> configured, List<String> secretNames) {
        return replaced(configured, secretNames, this::ofAdmin);
    }

    private static Map<String, Object> replaced(
            Map<String, Object> values, List<String> secretNames, BiFunction<String, Matcher, String> change) {
        boolean none = values.entrySet().stream()
                .noneMatch(entry -> secretNames.contains(entry.getKey()) && isOne(entry.getValue()));
        return none
                ? values
                : Values.replaced(values, secretNames, (name, value) -> {
                    Matcher reference = FORM.matcher(value instanceof String text ? text : "");
                    return reference.matches() ? change.apply(name, reference) : value;
                });
    }

    private String ofAdmin(String name, Matcher reference) {
        String target = reference.group(2);
        return switch (reference.group(1)) {
            case "env" -> variable(name, target);
            case "file" -> content(name, target);
            default -> kept.value(sentence(name, "secret", target), target);
        };
    }

    private String ofJob(String module, String name, Matcher reference) {
        String target = reference.group(2);
        String kind = reference.group(1);
        if (kind.equals("secret")) {
            return kept.valueForJob(sentence(name, "secret", target), target, module);
        }
        if (ofJobs.isNothing()) {
            return reference.group();
        }
        boolean variable = kind.equals("env");
        String sentence = sentence(name, variable ? "environment variable" : "file", target);
        if (variable ? !ofJobs.allowsVariable(target) : !ofJobs.allowsFile(absolute(sentence, target))) {
            throw new UnreadableSecretException(
                    sentence + "which jobs may not use. An operator of the server allows it by "
                            + (variable ? "PAWL_SECRET_ENV." : "PAWL_SECRET_FILES."));
        }
        return ofAdmin(name, reference);
    }

    private static String sentence(String name, String kind, String target) {
        return "The value " + name + " refers to the " + kind + " " + target + ", ";
    }

    private String variable(String name, String variable) {
        String value = environment.apply(variable);
        if (value == null) {
            throw new UnreadableSecretException(
                    sentence(name, "environment variable", variable) + "which the server does not have.");
        }
        return value;
    }

    private static String content(String name, String file) {
        String sentence = sentence(name, "file", file);
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
