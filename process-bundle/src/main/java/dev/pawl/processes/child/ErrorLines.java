package dev.pawl.processes.child;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Reads standard error line by line in bounded memory, and remembers the last lines. */
final class ErrorLines {

    private static final int LONGEST = 16 * 1024;
    private static final int LAST = 20;
    private static final int LONGEST_LAST = 400;

    private final byte[] line = new byte[LONGEST];
    private final Deque<String> last = new ArrayDeque<>();
    private int length;

    /** Reads to the end. */
    void read(InputStream in, Consumer<String> lines) throws IOException {
        byte[] chunk = new byte[LONGEST];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            for (int i = 0; i < read; i++) {
                if (chunk[i] == '\n' || chunk[i] == '\r') { // programs redraw their progress by the latter
                    end(lines);
                } else if (length < LONGEST) {
                    line[length++] = chunk[i];
                }
            }
        }
        end(lines);
    }

    private void end(Consumer<String> lines) {
        if (length == 0) {
            return;
        }
        String text = new String(line, 0, length, StandardCharsets.UTF_8);
        length = 0;
        if (text.equals(Inbox.STAYS)) {
            lines.accept(text);
            return;
        }
        synchronized (last) {
            last.addLast(text.length() <= LONGEST_LAST ? text : text.substring(0, LONGEST_LAST) + "…");
            if (last.size() > LAST) {
                last.removeFirst();
            }
        }
        lines.accept(text);
    }

    List<String> last() {
        synchronized (last) {
            return List.copyOf(last);
        }
    }
}
