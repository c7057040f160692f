package dev.pawl.samples.browser;

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.json.Json;
import org.openqa.selenium.json.TypeToken;

/** The cookies of a task: in its work folder between its groups of steps, and in memory between tasks of the same named session. */
final class CookieJar {

    private static final Type COOKIES = new TypeToken<List<Map<String, Object>>>() {}.getType();

    private final Path file;
    private final Sessions sessions;
    private final @Nullable String session;

    CookieJar(Path workDir, Sessions sessions, @Nullable String session) {
        file = workDir.resolve(".browser-cookies.json");
        this.sessions = sessions;
        this.session = session;
    }

    /**
     * The cookies with which a page begins.
     *
     * @param within whether earlier steps of the task have been done
     */
    List<Map<String, Object>> load(boolean within) throws StepException {
        if (within && Files.exists(file)) {
            try {
                return new Json().toType(Files.readString(file), COOKIES);
            } catch (IOException e) {
                throw new StepException("the cookies of the earlier steps cannot be read: " + e);
            }
        }
        return session == null ? List.of() : sessions.cookies(session);
    }

    /**
     * Keeps the cookies.
     *
     * @param more whether the task has more steps
     */
    void save(List<Map<String, Object>> cookies, boolean more) throws StepException {
        if (session != null) {
            sessions.keep(session, cookies);
        }
        if (!more) {
            return;
        }
        try {
            Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.deleteIfExists(part);
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(part, DevTools.json(cookies));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StepException("the cookies cannot be kept: " + e);
        }
    }
}
