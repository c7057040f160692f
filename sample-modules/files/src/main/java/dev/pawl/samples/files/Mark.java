package dev.pawl.samples.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Computes marks by which a file is recognised: a rename keeps the mark, a new file of the same name has another. */
final class Mark {

    /** The mark of a missing file. */
    static final String NOTHING = "";

    private Mark() {}

    /** The mark of a file, link or folder; {@link #NOTHING} when it does not exist. */
    static String of(Path path) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException gone) {
            return NOTHING;
        }
        // the contents of a folder may change while it stays the same folder
        return attributes.isDirectory()
                ? "folder " + attributes.fileKey()
                : "file " + attributes.fileKey() + " " + attributes.size() + " "
                        + attributes.lastModifiedTime().toMillis();
    }
}
