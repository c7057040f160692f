package dev.pawl.store.kit.notification;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;

/** The kinds of jobs, those of a title and modules, by which it is remembered that the last one has failed. */
public final class JobKind {

    private static final int DIGEST_BYTES = 16;

    private JobKind() {}

    /**
     * Failures in a row of a kind.
     *
     * @param since the time of the first
     * @param failures their number
     */
    public record Streak(Instant since, long failures) {

        /** The sentence that says so once a job has completed. */
        public String sentence() {
            return "It had failed " + (failures == 1 ? "once" : failures + " times") + " since " + since + ".";
        }
    }

    /** A digest of the title and the modules. */
    public static byte[] of(String title, String moduleKey) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((moduleKey + '\n' + title).getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256.", e);
        }
    }
}
