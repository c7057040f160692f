package dev.pawl.runtime.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Writes the server's log. When something else than the server, such as logrotate, has renamed or removed the file, the next line after a moment
 * begins a new one; the lines of that moment are in the renamed file. Named in {@code etc/logback.xml}.
 */
public final class LogFileAppender extends RollingFileAppender<ILoggingEvent> {

    /** Few looks beside many lines: tasks may log much. */
    private static final long LOOK_EVERY_MS = 100;

    private @Nullable Object opened; // null also where the file system has no keys
    private long lookedAt;

    @Override
    public void openFile(String file) throws IOException {
        super.openFile(file);
        opened = key(file);
    }

    @Override
    protected void subAppend(ILoggingEvent event) {
        reopenWhenMoved(event.getTimeStamp());
        super.subAppend(event);
    }

    private void reopenWhenMoved(long now) {
        streamWriteLock.lock();
        try {
            if (Math.abs(now - lookedAt) >= LOOK_EVERY_MS) { // the clock may have been set back
                lookedAt = now;
                if (opened != null && !opened.equals(key(getFile()))) {
                    openFile(getFile());
                }
            }
        } catch (IOException e) {
            addError("The log file " + getFile() + " cannot be opened again", e);
        } finally {
            streamWriteLock.unlock();
        }
    }

    /** The file that has this name now; null when there is none, or the file system cannot tell. */
    private static @Nullable Object key(String file) {
        try {
            return Files.readAttributes(Path.of(file), BasicFileAttributes.class)
                    .fileKey();
        } catch (IOException gone) {
            return null;
        }
    }
}
