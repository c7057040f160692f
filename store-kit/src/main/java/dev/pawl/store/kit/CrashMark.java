package dev.pawl.store.kit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Marks of the progress of jobs: two are equal when the task and all values of the checkpoint are. */
public final class CrashMark {

    private CrashMark() {}

    /** The mark of a place in a task. */
    public static String of(int taskIndex, Map<String, Object> checkpoint) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(JsonColumn.writeSorted(checkpoint).getBytes(StandardCharsets.UTF_8));
            return taskIndex + ":" + HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
