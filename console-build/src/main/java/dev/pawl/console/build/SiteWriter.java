package dev.pawl.console.build;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Writes a site: its page, its files compressed, and the name of its contents. The same sources give the same bytes. */
final class SiteWriter {

    private static final int NAME_LENGTH = 12;

    /** The module of the worker that all tabs share. */
    private static final String WORKER = "core/live-worker.js";

    private final Path folder;

    SiteWriter(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes it.
     *
     * @param page the page, with the mark {@code {files}} for the address of the files, {@code {preloads}} for what it needs at once, and {@code {page}}, which
     *     stays, for what the page at an address needs: {@code preloads.txt} says that
     */
    void write(String page, Map<String, String> files) throws IOException {
        var modules = new ModuleGraph(files);
        modules.check();
        Set<String> first = new LinkedHashSet<>(modules.needed("app.js"));
        if (files.containsKey(WORKER)) {
            first.addAll(modules.needed(
                    WORKER)); // a worker takes them from the browser's cache, where it would ask for one after the
            // other
        }
        String preloads = first.stream()
                .map(path -> "<link rel=\"modulepreload\" href=\"{files}/" + path + "\">")
                .collect(Collectors.joining("\n"));
        String whole = page.replace("{preloads}", preloads);
        for (var file : files.entrySet()) {
            Path written = folder.resolve("files").resolve(file.getKey() + ".gz");
            Files.createDirectories(written.getParent());
            Files.write(written, gzip(file.getValue()));
        }
        Files.writeString(folder.resolve("page.html"), whole);
        Files.writeString(folder.resolve("preloads.txt"), new PagePreloads(files, modules).lines(first));
        Files.writeString(folder.resolve("build.txt"), name(whole, files));
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var compressed = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            compressed.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String name(String page, Map<String, String> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(page.getBytes(StandardCharsets.UTF_8));
            files.forEach((path, text) -> {
                digest.update(path.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(text.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            });
            return HexFormat.of().formatHex(digest.digest()).substring(0, NAME_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
