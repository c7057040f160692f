package dev.pawl.scheduler.secret;

import dev.pawl.base.file.DurableFile;
import dev.pawl.service.job.Callback;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.notification.CallbackKeys;
import dev.pawl.service.problem.IoReason;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The keys of callbacks: the secrets that jobs name, and the server's own in the file {@code callback.key} of the data folder, for its owner alone. That
 * file is made when it is first needed, is in no backup, and is read each time, so that another key may take its place. Safe for many threads.
 */
public final class SigningKeys implements CallbackKeys {

    /** The name of the file in the data folder. */
    public static final String NAME = "callback.key";

    private static final int NEW_BYTES = 32;
    private static final int SHORTEST = 16;
    private static final int LONGEST = 1_000;

    private final KeptSecrets secrets;
    private final Path file;

    /** @param file the file of the server's own key */
    public SigningKeys(KeptSecrets secrets, Path file) {
        this.secrets = secrets;
        this.file = file;
    }

    @Override
    public byte[] key(JobRequest request) {
        String name = request.callback().map(Callback::secret).orElse(null);
        String key = name == null ? own() : named(name, request);
        return key.getBytes(StandardCharsets.UTF_8);
    }

    /** The secret, if it is for the jobs of all modules of the request. */
    private String named(String name, JobRequest request) {
        String sentence = "callback_secret refers to the secret " + name + ", ";
        try {
            String value = "";
            for (String module :
                    request.tasks().stream().map(Task::module).distinct().toList()) {
                value = secrets.valueForJob(sentence, name, module);
            }
            return value;
        } catch (UnreadableSecretException e) {
            throw new ProblemException(ProblemCode.INVALID_JOB, String.valueOf(e.getMessage()), e);
        }
    }

    private synchronized String own() {
        try {
            if (!Files.exists(file)) {
                byte[] made = new byte[NEW_BYTES];
                new SecureRandom().nextBytes(made);
                DurableFile.createForOwner(file, HexFormat.of().formatHex(made) + "\n");
            }
            try (InputStream in = Files.newInputStream(file)) {
                String text = new String(in.readNBytes(LONGEST + 2), StandardCharsets.UTF_8).strip();
                if (text.length() >= SHORTEST && text.length() <= LONGEST) {
                    return text;
                }
            }
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE,
                    "The key " + file + ", with which callbacks are signed, cannot be made or read: " + IoReason.of(e)
                            + ".",
                    e);
        }
        throw new ProblemException(
                ProblemCode.STORE_UNAVAILABLE,
                "The file " + file + " holds no key for callbacks; it takes a line of " + SHORTEST + " to " + LONGEST
                        + " characters. Without the file, a new key is made.");
    }
}
