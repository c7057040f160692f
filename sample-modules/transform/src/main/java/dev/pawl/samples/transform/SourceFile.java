package dev.pawl.samples.transform;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** An input file, read from a place on; a compressed one is read from its beginning, and what comes before the place is dropped. */
final class SourceFile extends FilterInputStream {

    private static final int BUFFER = 1 << 16;

    private final FileChannel channel;
    private final long size;

    private SourceFile(InputStream in, FileChannel channel, long size) {
        super(in);
        this.channel = channel;
        this.size = size;
    }

    /**
     * Opens a file.
     *
     * @param offset the place in the uncompressed input at which to begin
     * @param heartbeat called before each read from the file; it may throw to end the reading
     */
    static SourceFile open(Path file, long offset, Runnable heartbeat) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            InputStream raw = new Watched(Channels.newInputStream(channel), heartbeat);
            if (!isCompressed(file)) {
                channel.position(offset);
                return new SourceFile(raw, channel, channel.size());
            }
            InputStream plain = ending(file).equals("gz") ? new GZIPInputStream(raw, BUFFER) : new ZstdInputStream(raw);
            plain.skipNBytes(offset);
            return new SourceFile(plain, channel, channel.size());
        } catch (EOFException tooShort) {
            channel.close();
            throw new IOException("it ends before the place where the job was interrupted", tooShort);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean isCompressed(Path file) {
        String ending = ending(file);
        return ending.equals("gz") || ending.equals("zst");
    }

    /** The name without the ending that says how it is compressed. */
    static String plainName(Path file) {
        String name = String.valueOf(file.getFileName());
        return isCompressed(file) ? name.substring(0, name.lastIndexOf('.')) : name;
    }

    private static String ending(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** The part of the file that has been read, as a percentage. */
    double percent() throws IOException {
        return size == 0 ? 100 : 100.0 * channel.position() / size;
    }

    /** The bytes of the file that have been read. */
    long position() throws IOException {
        return channel.position();
    }

    private static final class Watched extends FilterInputStream {

        private final Runnable heartbeat;

        Watched(InputStream in, Runnable heartbeat) {
            super(in);
            this.heartbeat = heartbeat;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            heartbeat.run();
            return super.read(bytes, from, length);
        }
    }
}
