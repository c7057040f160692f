package dev.pawl.deploy.pack;

import dev.pawl.deploy.artifact.JarOutline;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * The files of a tar archive that gzip has packed (POSIX.1-2001, with GNU's long names); those in its only folder, when it has one folder
 * at the top. It is unpacked into a file beside, without any of the names in it.
 */
final class TarFiles implements FileSet {

    private static final int BLOCK = 512;
    private static final int NAME_AT = 0;
    private static final int NAME = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE = 12;
    private static final int TYPE_AT = 156;
    private static final int MAGIC_AT = 257;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX = 155;
    private static final int LONGEST_NAME = 64 << 10;
    private static final int MOST = 20_000;

    private record Place(long offset, long length) {}

    private final Path plain;
    private final Map<String, Place> places = new HashMap<>();
    private final NavigableSet<String> names = new TreeSet<>();
    private final String top;

    /**
     * Reads the archive.
     *
     * @param plain the file to unpack it into
     */
    TarFiles(Path archive, Path plain) throws IOException {
        this.plain = plain;
        boolean good = false;
        try {
            unpack(archive);
            index();
            NavigableSet<String> all = new TreeSet<>(places.keySet());
            top = TopFolder.of(all);
            for (String name : all) {
                if (name.startsWith(top) && FileSet.isWanted(name.substring(top.length()))) {
                    names.add(name.substring(top.length()));
                }
            }
            good = true;
        } finally {
            if (!good) {
                close();
            }
        }
    }

    private void unpack(Path archive) throws IOException {
        long packed = Files.size(archive);
        byte[] buffer = new byte[1 << 16];
        long unpacked = 0;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(archive), buffer.length);
                OutputStream out = Files.newOutputStream(plain)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                unpacked += read;
                JarOutline.checkSize(unpacked, packed);
                out.write(buffer, 0, read);
            }
        }
    }

    private void index() throws IOException {
        try (RandomAccessFile tar = new RandomAccessFile(plain.toFile(), "r")) {
            byte[] header = new byte[BLOCK];
            String longName = "";
            while (tar.getFilePointer() + BLOCK <= tar.length()) {
                tar.readFully(header);
                if (header[0] == 0) {
                    return; // the blocks of zeros at the end
                }
                long size = size(header);
                long data = tar.getFilePointer();
                if (size < 0 || data + size > tar.length()) {
                    throw new EOFException("The archive is cut off, or is no tar archive.");
                }
                char type = (char) header[TYPE_AT];
                if (type == 'L' || type == 'x') {
                    String text = text(tar, size);
                    longName = type == 'L' ? untilZero(text) : pathOf(text, longName);
                } else {
                    String name = longName.isEmpty() ? name(header) : longName;
                    longName = "";
                    add(name, type, new Place(data, size));
                }
                tar.seek(data + (size + BLOCK - 1) / BLOCK * BLOCK);
            }
        }
    }

    private void add(String name, char type, Place place) throws IOException {
        String plainName = name.startsWith("./") ? name.substring(2) : name;
        if (type == '1' || type == '2') {
            throw new IOException("It contains " + name + ", which is a link; a module consists of files.");
        }
        if (type != '0' && type != 0) {
            return; // a folder, or what other tools note
        }
        if (places.size() == MOST) {
            throw new IOException("It contains more than " + MOST + " files.");
        }
        if (places.put(plainName, place) != null) {
            throw new IOException("It contains " + name + " twice.");
        }
    }

    private static String text(RandomAccessFile tar, long size) throws IOException {
        if (size > LONGEST_NAME) {
            throw new IOException("It has a name of more than " + LONGEST_NAME + " bytes.");
        }
        byte[] bytes = new byte[(int) size];
        tar.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The path in a record of extended headers, each "length key=value". */
    private static String pathOf(String records, String otherwise) {
        return records.lines()
                .map(record -> record.substring(record.indexOf(' ') + 1))
                .filter(record -> record.startsWith("path="))
                .map(record -> record.substring("path=".length()))
                .findFirst()
                .orElse(otherwise);
    }

    private static String name(byte[] header) {
        String name = untilZero(new String(header, NAME_AT, NAME, StandardCharsets.UTF_8));
        boolean posix = new String(header, MAGIC_AT, 6, StandardCharsets.US_ASCII).equals("ustar\0");
        String prefix = posix ? untilZero(new String(header, PREFIX_AT, PREFIX, StandardCharsets.UTF_8)) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static long size(byte[] header) throws IOException {
        if (header[SIZE_AT] < 0) {
            throw new IOException("It has a file of more than 8 GiB.");
        }
        String octal = untilZero(new String(header, SIZE_AT, SIZE, StandardCharsets.US_ASCII))
                .strip();
        try {
            return octal.isEmpty() ? 0 : Long.parseLong(octal, 8);
        } catch (NumberFormatException e) {
            throw new IOException("It is no tar archive.", e);
        }
    }

    private static String untilZero(String text) {
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    @Override
    public NavigableSet<String> names() {
        return names;
    }

    @Override
    public InputStream open(String name) throws IOException {
        Place place = places.get(top + name);
        if (place == null) {
            throw new IOException("The entry " + name + " is gone.");
        }
        RandomAccessFile tar = new RandomAccessFile(plain.toFile(), "r");
        tar.seek(place.offset());
        return new BoundedInput(new BufferedInputStream(Channels.newInputStream(tar.getChannel())), place.length());
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(plain);
    }
}
