package dev.pawl.samples.files;

import dev.pawl.api.module.ValidationException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Permissions in octal digits, as {@code chmod} takes them. In a folder, all files get them; folders can also be entered by those who may
 * read them.
 *
 * @param bits nine bits, those of the owner first
 */
record Mode(int bits) {

    private static final Pattern OCTAL = Pattern.compile("0?[0-7]{3}");

    /** Permissions in the order of their bits, the highest first. */
    private static final PosixFilePermission[] PERMISSIONS = PosixFilePermission.values();

    /**
     * Reads the digits.
     *
     * @param input the name of the input in the error
     */
    static Mode of(String input, String digits) throws ValidationException {
        if (!OCTAL.matcher(digits).matches()) {
            throw new ValidationException(
                    input + " is \"" + digits + "\"; it takes permissions as three octal digits, such as \"0640\".");
        }
        return new Mode(Integer.parseInt(digits, 8));
    }

    /** Gives them to a file, or to a folder with everything in it; links keep what they point at as it is. */
    void applyTo(Path path) throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                set(folder, bits | ((bits & 0444) >> 2));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    set(file, bits);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void set(Path path, int bits) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(permissions(bits));
        }
    }

    private static Set<PosixFilePermission> permissions(int bits) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < PERMISSIONS.length; i++) {
            if (((bits >> (PERMISSIONS.length - 1 - i)) & 1) == 1) {
                permissions.add(PERMISSIONS[i]);
            }
        }
        return permissions;
    }
}
