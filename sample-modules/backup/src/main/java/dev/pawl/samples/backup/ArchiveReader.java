package dev.pawl.samples.backup;

import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads an archive to its end and compares it with its manifest: it makes the list of what it reads, and the two lists must be the same.
 */
final class ArchiveReader {

    /** A receiver of what is read. */
    interface Receiver {

        /** Takes an entry. */
        void begin(TarArchiveEntry entry) throws IOException, RunException;

        /** Takes a piece of a file's content. */
        void content(byte[] bytes, int length) throws IOException;

        /** Ends the entry. */
        void end(TarArchiveEntry entry) throws IOException;
    }

    /** A receiver that takes nothing. */
    static final Receiver NOBODY = new Receiver() {
        @Override
        public void begin(TarArchiveEntry entry) {}

        @Override
        public void content(byte[] bytes, int length) {}

        @Override
        public void end(TarArchiveEntry entry) {}
    };

    /**
     * The contents of a sound archive.
     *
     * @param entries the number of entries without the manifest
     * @param bytes the bytes of all files
     */
    record Contents(long entries, long bytes) {}

    private static final int PIECE = 1 << 16;

    private final TaskContext task;
    private final Path archive;
    private final String name;
    private final Path list;
    private final byte[] piece = new byte[PIECE];

    /**
     * @param archive the file to read
     * @param name its name in messages
     * @param list a file for the list of what was read
     */
    ArchiveReader(TaskContext task, Path archive, String name, Path list) {
        this.task = task;
        this.archive = archive;
        this.name = name;
        this.list = list;
    }

    /**
     * Reads all.
     *
     * @param progress the part of the whole task's progress that reading is
     * @throws RunException when the archive is not what its manifest says
     */
    Contents read(Receiver receiver, Share progress) throws IOException, RunException {
        try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                InputStream compressed = watched(channel, progress);
                TarArchiveInputStream tar = new TarArchiveInputStream(
                        new BufferedInputStream(new ZstdInputStream(compressed), PIECE),
                        StandardCharsets.UTF_8.name())) {
            return compare(tar, receiver);
        } catch (DestinationException e) {
            throw e;
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw damaged(String.valueOf(e.getMessage()), e);
        } catch (MalformedInputException e) {
            throw damaged("its compressed data is wrong", e);
        }
    }

    private InputStream watched(FileChannel channel, Share progress) throws IOException {
        long size = Math.max(1, channel.size());
        return new FilterInputStream(Channels.newInputStream(channel)) {
            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                task.throwIfCancelled();
                progress.report((double) channel.position() / size);
                return super.read(bytes, from, length);
            }
        };
    }

    private Contents compare(TarArchiveInputStream tar, Receiver receiver) throws IOException, RunException {
        Contents contents = list(tar, receiver);
        requireSame(tar);
        if (tar.getNextEntry() != null) {
            throw damaged("there are entries after its manifest", null);
        }
        return contents;
    }

    /** Reads up to the manifest, and writes the list of what was read. */
    private Contents list(TarArchiveInputStream tar, Receiver receiver) throws IOException, RunException {
        long entries = 0;
        long bytes = 0;
        try (OutputStream made = new BufferedOutputStream(Files.newOutputStream(list))) {
            made.write(Manifest.bytes(Manifest.head()));
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().equals(Manifest.NAME)) {
                    made.write(Manifest.bytes(Manifest.foot(entries, bytes)));
                    return new Contents(entries, bytes);
                }
                made.write(Manifest.bytes(take(tar, entry, receiver)));
                entries++;
                bytes += Manifest.isFile(entry) ? entry.getSize() : 0;
            }
        }
        throw damaged(
                entries == 0
                        ? "it is empty"
                        : "it has no " + Manifest.NAME + ", so that it is cut off or was not made by this module",
                null);
    }

    private String take(TarArchiveInputStream tar, TarArchiveEntry entry, Receiver receiver)
            throws IOException, RunException {
        receiver.begin(entry);
        MessageDigest digest = Manifest.sha256();
        if (Manifest.isFile(entry)) {
            for (int read = tar.read(piece); read >= 0; read = tar.read(piece)) {
                digest.update(piece, 0, read);
                receiver.content(piece, read);
            }
        }
        receiver.end(entry);
        return Manifest.isFile(entry) ? Manifest.file(entry, digest) : Manifest.other(entry);
    }

    private void requireSame(InputStream manifest) throws IOException, RunException {
        try (BufferedReader made = Files.newBufferedReader(list)) {
            BufferedReader kept = new BufferedReader(new InputStreamReader(manifest, StandardCharsets.UTF_8));
            String expected = kept.readLine();
            String found = made.readLine();
            while (expected != null && expected.equals(found)) {
                expected = kept.readLine();
                found = made.readLine();
            }
            if (expected != null || found != null) {
                throw damaged("its manifest says \"" + expected + "\" where the archive has \"" + found + "\"", null);
            }
        }
    }

    private RunException damaged(String reason, @Nullable Throwable cause) {
        String sentence = "The archive " + name + " is damaged: " + reason + ".";
        return cause == null ? new RunException(sentence) : new RunException(sentence, cause);
    }
}
