package dev.pawl.shell.line;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The output of a command, up to a number of bytes; what is beyond is dropped, so that no command fills the memory. */
final class BoundedText extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int most;
    private boolean cut;

    BoundedText(int most) {
        this.most = most;
    }

    @Override
    public synchronized void write(int b) {
        if (bytes.size() < most) {
            bytes.write(b);
        } else {
            cut = true;
        }
    }

    @Override
    public synchronized void write(byte[] source, int offset, int length) {
        int room = Math.min(length, most - bytes.size());
        bytes.write(source, offset, room);
        cut |= room < length;
    }

    synchronized String text() {
        String text = bytes.toString(StandardCharsets.UTF_8).stripTrailing();
        return cut ? text + "\n… cut after " + most + " bytes." : text;
    }
}
