package dev.pawl.samples.transform;

import dev.pawl.api.module.RunException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that a task writes bit by bit, over several runs: a run cuts it to the length of the last checkpoint and appends. */
final class GrowingFile implements AutoCloseable {

    private static final int BUFFER = 1 << 18;

    private final FileChannel channel;
    private final OutputStream out;
    private long synced;

    private GrowingFile(FileChannel channel, long length) {
        this.channel = channel;
        this.synced = length;
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
    }

    /**
     * Opens a file that has been written so far; a new one when that is nothing.
     *
     * @throws RunException when less is there
     */
    static GrowingFile open(Path file, long length) throws IOException, RunException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS);
        try {
            if (channel.size() < length) {
                throw new RunException(
                        "Of the unfinished output " + file + " there are " + channel.size() + " bytes, but " + length
                                + " had been written; something else changed it. Start the job anew.");
            }
            channel.truncate(length);
            channel.position(length);
            return new GrowingFile(channel, length);
        } catch (IOException | RuntimeException | RunException e) {
            channel.close();
            throw e;
        }
    }

    /** The stream that appends. */
    OutputStream stream() {
        return out;
    }

    /** Brings everything to the disk; returns the length of the file. */
    long sync() throws IOException {
        out.flush();
        long length = channel.position();
        if (length > synced) {
            channel.force(false);
            synced = length;
        }
        return length;
    }

    @Override
    public void close() throws IOException {
        channel.close(); // what is still in the buffer comes after the last checkpoint
    }
}
