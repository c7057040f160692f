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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of callbacks: the secrets that jobs name, and the server's own in the file {@code callback.key} of the data folder, or in the one that a
 * setting names, for its owner alone. That file is made when it is first needed, is in no backup, and is read each time, so that another key may take
 * its place. Servers that share a store have the same. Safe for many threads.
 */
public final class SigningKeys implements CallbackKeys {

    /** The name of the file in the data folder. */
    public static final String NAME = "callback.key";

    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);

    private static final int NEW_BYTES = 32;
    private static final int SHORTEST = 16;
    private static final int LONGEST = 1_000;

    private final KeptSecrets secrets;
    private final Path file;
    private volatile @Nullable KeyFingerprint shared;
    private @Nullable String accepted; // the key that was last found to be that of the store; guarded by this
    private volatile boolean isToBeCompared = true;

    /** @param file the file of the server's own key */
    public SigningKeys(KeptSecrets secrets, Path file) {
        this.secrets = secrets;
        this.file = file;
    }

    /**
     * Takes no own key but that of the other servers on the store from now on.
     *
     * @throws ProblemException {@code STORE_UNAVAILABLE} when they have one, and this server has another or none
     */
    public void shareWith(KeyFingerprint servers) {
        shared = servers;
        servers.observe(() -> isToBeCompared = true);
        if (servers.isRecorded()) {
            own();
        }
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
                requireNone();
                byte[] made = new byte[NEW_BYTES];
                new SecureRandom().nextBytes(made);
                DurableFile.createForOwner(file, HexFormat.of().formatHex(made) + "\n");
            }
            try (InputStream in = Files.newInputStream(file)) {
                String text = new String(in.readNBytes(LONGEST + 2), StandardCharsets.UTF_8).strip();
                if (text.length() >= SHORTEST && text.length() <= LONGEST) {
                    requireThatOfTheStore(text);
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

    private void requireNone() {
        KeyFingerprint servers = shared;
        if (servers != null && servers.isRecorded()) {
            throw refused(" is not there, and other servers on the store have one.");
        }
    }

    /** Accepts the key that the store has, or the one that took its place in the file while this server was running: the others need it then too. */
    private void requireThatOfTheStore(String text) {
        KeyFingerprint servers = shared;
        if (servers == null || (text.equals(accepted) && !isToBeCompared)) {
            return;
        }
        isToBeCompared = false;
        boolean isAccepted = false;
        try {
            String former = accepted;
            isAccepted = servers.record(text);
            if (!isAccepted && former != null && !former.equals(text) && servers.replace(former, text)) {
                isAccepted = true;
                LOG.info(
                        "The key in {} signs callbacks from now on; the other servers on the store need it too.", file);
            }
        } finally {
            isToBeCompared |= !isAccepted;
        }
        if (!isAccepted) {
            throw refused(" is not the one that other servers on the store have.");
        }
        accepted = text;
    }

    private ProblemException refused(String why) {
        return new ProblemException(
                ProblemCode.STORE_UNAVAILABLE,
                "The key " + file + ", with which callbacks are signed," + why
                        + " Copy callback.key from the data folder of"
                        + " such a server, readable by its owner alone, or name the file of that key in PAWL_CALLBACK_KEY_FILE.");
    }
}
