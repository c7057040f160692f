package dev.pawl.manual;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Writes the files of a site: texts compressed, pictures as they are, and the name of all contents. The same sources give the same bytes. */
final class SiteFiles {

    private static final int NAME_LENGTH = 12;

    private final Path folder;
    private final Map<String, byte[]> files = new TreeMap<>();

    SiteFiles(Path folder) {
        this.folder = folder;
    }

    /** Adds a text. */
    void add(String address, String text) throws IOException {
        add(address, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a file. */
    void add(String address, Path file) throws IOException {
        add(address, Files.readAllBytes(file));
    }

    private void add(String address, byte[] bytes) throws IOException {
        if (files.put(address, bytes) != null) {
            throw new IOException("Two files of the manual have the address " + address + ".");
        }
    }

    /** Writes all of them in the place of former ones. */
    void write() throws IOException {
        clear();
        for (var file : files.entrySet()) {
            boolean isPicture = file.getKey().endsWith(".png");
            Path written = folder.resolve(file.getKey() + (isPicture ? "" : ".gz"));
            Files.createDirectories(written.getParent());
            Files.write(written, isPicture ? file.getValue() : gzip(file.getValue()));
        }
        Files.writeString(folder.resolve("build.txt"), name());
    }

    private void clear() throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> former = Files.walk(folder)) {
            for (Path each : former.sorted(Comparator.reverseOrder()).toList()) {
                if (!each.equals(folder)) {
                    Files.delete(each);
                }
            }
        }
    }

    private static byte[] gzip(byte[] text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var compressed = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            compressed.write(text);
        }
        return bytes.toByteArray();
    }

    private String name() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((address, bytes) -> {
                digest.update(address.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(bytes);
                digest.update((byte) 0);
            });
            return HexFormat.of().formatHex(digest.digest()).substring(0, NAME_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
