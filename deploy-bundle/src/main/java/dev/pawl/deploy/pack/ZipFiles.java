package dev.pawl.deploy.pack;

import dev.pawl.deploy.artifact.JarOutline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files of a zip archive; those in its only folder, when it has one folder at the top. */
final class ZipFiles implements FileSet {

    private final ZipFile zip;
    private final String top;
    private final NavigableSet<String> names = new TreeSet<>();

    ZipFiles(Path archive) throws IOException {
        JarOutline.check(archive);
        zip = new ZipFile(archive.toFile());
        NavigableSet<String> all = new TreeSet<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            if (!entry.isDirectory()) {
                all.add(entry.getName());
            }
        }
        top = TopFolder.of(all);
        for (String name : all) {
            if (name.startsWith(top) && FileSet.isWanted(name.substring(top.length()))) {
                names.add(name.substring(top.length()));
            }
        }
    }

    @Override
    public NavigableSet<String> names() {
        return names;
    }

    @Override
    public InputStream open(String name) throws IOException {
        ZipEntry entry = zip.getEntry(top + name);
        if (entry == null) {
            throw new IOException("The entry " + name + " is gone.");
        }
        return zip.getInputStream(entry);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
