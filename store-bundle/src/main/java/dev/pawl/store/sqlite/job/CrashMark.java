package dev.pawl.store.sqlite.job;

import dev.pawl.store.sqlite.engine.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** How far a job was, in a form that can be compared: two marks are equal when the task and all values of its checkpoint are. */
final class CrashMark {

    private CrashMark() {}

    static String of(int taskIndex, Map<String, Object> checkpoint) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(Json.writeSorted(checkpoint).getBytes(StandardCharsets.UTF_8));
            return taskIndex + ":" + HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
